package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A target for each decoder: whatever bytes stand in the place of its header, nothing fails, nothing is left behind, and a good
 * packet is taken afterwards. Ordinary runs try good headers; {@code JAZZER_FUZZ=1} looks for more, one method at a time.
 */
class DecoderFuzzTest {
    /** Begins with the headers of the {@link Carrier} of the method's name. */
    @MethodSource("headers")
    @FuzzTest(maxDuration = "5m")
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Decode {}

    static Stream<byte[]> headers(TestInfo test) {
        return Carrier.valueOf(carrier(test.getTestMethod().orElseThrow().getName())).headers.stream();
    }

    private static String carrier(String method) {
        return method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static void decode(Carrier carrier, byte[] bytes) {
        Shard shard = new Shard(settings -> {
                    settings.batchBytes = 1 << 12;
                    settings.ip.ignoreChecksums = true;
                })
                .linkType(carrier.linkType)
                .listenToAll();
        shard.send(carrier.packet(bytes)).at(1).send(carrier.good().get(0)).finish();
        assertEquals(2, shard.metrics.packets());
        assertEquals(0, shard.metrics.liveConnections());
        assertEquals(shard.metrics.connections(), shard.removed().size());
        assertEquals(0, shard.tracker.streamMemory().bytes());
    }

    @Test
    void eachCarrierHasATarget() {
        Set<String> targets = Arrays.stream(DecoderFuzzTest.class.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Decode.class))
                .map(m -> carrier(m.getName()))
                .collect(Collectors.toSet());
        assertEquals(Arrays.stream(Carrier.values()).map(Enum::name).collect(Collectors.toSet()), targets);
    }

    @Decode
    void ethernet(byte[] bytes) {
        decode(Carrier.ETHERNET, bytes);
    }

    @Decode
    void vlan(byte[] bytes) {
        decode(Carrier.VLAN, bytes);
    }

    @Decode
    void serviceVlan(byte[] bytes) {
        decode(Carrier.SERVICE_VLAN, bytes);
    }

    @Decode
    void mpls(byte[] bytes) {
        decode(Carrier.MPLS, bytes);
    }

    @Decode
    void providerBackbone(byte[] bytes) {
        decode(Carrier.PROVIDER_BACKBONE, bytes);
    }

    @Decode
    void pppoe(byte[] bytes) {
        decode(Carrier.PPPOE, bytes);
    }

    @Decode
    void vnTag(byte[] bytes) {
        decode(Carrier.VN_TAG, bytes);
    }

    @Decode
    void snap(byte[] bytes) {
        decode(Carrier.SNAP, bytes);
    }

    @Decode
    void linuxCooked(byte[] bytes) {
        decode(Carrier.LINUX_COOKED, bytes);
    }

    @Decode
    void linuxCooked2(byte[] bytes) {
        decode(Carrier.LINUX_COOKED2, bytes);
    }

    @Decode
    void loopback(byte[] bytes) {
        decode(Carrier.LOOPBACK, bytes);
    }

    @Decode
    void ppp(byte[] bytes) {
        decode(Carrier.PPP, bytes);
    }

    @Decode
    void pppSerial(byte[] bytes) {
        decode(Carrier.PPP_SERIAL, bytes);
    }

    @Decode
    void nflog(byte[] bytes) {
        decode(Carrier.NFLOG, bytes);
    }

    @Decode
    void fddi(byte[] bytes) {
        decode(Carrier.FDDI, bytes);
    }

    @Decode
    void wireless(byte[] bytes) {
        decode(Carrier.WIRELESS, bytes);
    }

    @Decode
    void wirelessAggregated(byte[] bytes) {
        decode(Carrier.WIRELESS_AGGREGATED, bytes);
    }

    @Decode
    void radiotap(byte[] bytes) {
        decode(Carrier.RADIOTAP, bytes);
    }

    @Decode
    void arp(byte[] bytes) {
        decode(Carrier.ARP, bytes);
    }

    @Decode
    void ipv4(byte[] bytes) {
        decode(Carrier.IPV4, bytes);
    }

    @Decode
    void ipv6(byte[] bytes) {
        decode(Carrier.IPV6, bytes);
    }

    @Decode
    void extensionHeaders(byte[] bytes) {
        decode(Carrier.EXTENSION_HEADERS, bytes);
    }

    @Decode
    void mobility(byte[] bytes) {
        decode(Carrier.MOBILITY, bytes);
    }

    @Decode
    void tcpHeader(byte[] bytes) {
        decode(Carrier.TCP_HEADER, bytes);
    }

    @Decode
    void udpHeader(byte[] bytes) {
        decode(Carrier.UDP_HEADER, bytes);
    }

    @Decode
    void icmp(byte[] bytes) {
        decode(Carrier.ICMP, bytes);
    }

    @Decode
    void icmpv6(byte[] bytes) {
        decode(Carrier.ICMPV6, bytes);
    }

    @Decode
    void igmp(byte[] bytes) {
        decode(Carrier.IGMP, bytes);
    }

    @Decode
    void gre(byte[] bytes) {
        decode(Carrier.GRE, bytes);
    }

    @Decode
    void pptp(byte[] bytes) {
        decode(Carrier.PPTP, bytes);
    }

    @Decode
    void erspan(byte[] bytes) {
        decode(Carrier.ERSPAN, bytes);
    }

    @Decode
    void nvgre(byte[] bytes) {
        decode(Carrier.NVGRE, bytes);
    }

    @Decode
    void greInUdp(byte[] bytes) {
        decode(Carrier.GRE_IN_UDP, bytes);
    }

    @Decode
    void ipInIp(byte[] bytes) {
        decode(Carrier.IP_IN_IP, bytes);
    }

    @Decode
    void ip6InIp(byte[] bytes) {
        decode(Carrier.IP6_IN_IP, bytes);
    }

    @Decode
    void vxlan(byte[] bytes) {
        decode(Carrier.VXLAN, bytes);
    }

    @Decode
    void geneve(byte[] bytes) {
        decode(Carrier.GENEVE, bytes);
    }

    @Decode
    void ayiya(byte[] bytes) {
        decode(Carrier.AYIYA, bytes);
    }

    @Decode
    void teredo(byte[] bytes) {
        decode(Carrier.TEREDO, bytes);
    }

    @Decode
    void gtp(byte[] bytes) {
        decode(Carrier.GTP, bytes);
    }

    @Decode
    void gtpSessions(byte[] bytes) {
        decode(Carrier.GTP_SESSIONS, bytes);
    }
}
