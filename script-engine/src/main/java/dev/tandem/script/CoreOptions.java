package dev.tandem.script;

import dev.tandem.core.engine.ContentPorts;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.TunnelPorts;
import dev.tandem.core.packet.IpSettings;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.Globals;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** The script options that core obeys, as they stand when it starts; sets of ports and networks are asked each time. */
final class CoreOptions {
    /** Memory that is reckoned for a connection when no limit is set: twice what it takes with its record and conn.log row. */
    private static final long BYTES_PER_CONNECTION = 4096;

    private final ScriptContext context;
    private final Globals globals;

    CoreOptions(ScriptContext context, Globals globals) {
        this.context = context;
        this.globals = globals;
    }

    void copyTo(EngineSettings s) {
        s.ip.ignoreChecksums = flag("ignore_checksums", s.ip.ignoreChecksums);
        s.ip.ignoreChecksumsFrom = subnets("ignore_checksums_nets");
        s.weirdSamplingThreshold = (long) number("Weird::sampling_threshold", (double) s.weirdSamplingThreshold);
        s.weirdSamplingRate = (long) number("Weird::sampling_rate", (double) s.weirdSamplingRate);
        s.weirdSamplingDuration = number("Weird::sampling_duration", s.weirdSamplingDuration);
        s.weirdSamplingWhitelist.addAll(strings("Weird::sampling_whitelist"));
        s.weirdSamplingGlobalList.addAll(strings("Weird::sampling_global_list"));
        s.unknownProtocolThreshold =
                (long) number("UnknownProtocol::sampling_threshold", (double) s.unknownProtocolThreshold);
        s.unknownProtocolRate = (long) number("UnknownProtocol::sampling_rate", (double) s.unknownProtocolRate);
        s.unknownProtocolDuration = number("UnknownProtocol::sampling_duration", s.unknownProtocolDuration);
        s.unknownProtocolFirstBytes = (int) number("UnknownProtocol::first_bytes_count", s.unknownProtocolFirstBytes);
        s.ip.fragmentTimeout = number("frag_timeout", s.ip.fragmentTimeout);
        s.partialConnectionOk = flag("partial_connection_ok", s.partialConnectionOk);
        s.tcpSynAckOk = flag("tcp_SYN_ack_ok", s.tcpSynAckOk);
        s.tcpSynTimeout = number("tcp_SYN_timeout", s.tcpSynTimeout);
        s.tcpSessionTimer = number("tcp_session_timer", s.tcpSessionTimer);
        s.tcpConnectionLinger = number("tcp_connection_linger", s.tcpConnectionLinger);
        s.tcpAttemptDelay = number("tcp_attempt_delay", s.tcpAttemptDelay);
        s.tcpCloseDelay = number("tcp_close_delay", s.tcpCloseDelay);
        s.tcpResetDelay = number("tcp_reset_delay", s.tcpResetDelay);
        s.tcpPartialCloseDelay = number("tcp_partial_close_delay", s.tcpPartialCloseDelay);
        s.tcpInactivityTimeout = number("tcp_inactivity_timeout", s.tcpInactivityTimeout);
        s.udpInactivityTimeout = number("udp_inactivity_timeout", s.udpInactivityTimeout);
        s.icmpInactivityTimeout = number("icmp_inactivity_timeout", s.icmpInactivityTimeout);
        s.unknownIpInactivityTimeout = number("unknown_ip_inactivity_timeout", s.unknownIpInactivityTimeout);
        s.tcpStormInterarrival = number("tcp_storm_interarrival_thresh", s.tcpStormInterarrival);
        s.tcpStormThreshold = (int) number("tcp_storm_thresh", s.tcpStormThreshold);
        s.tcpMaxInitialWindow = (int) number("tcp_max_initial_window", s.tcpMaxInitialWindow);
        long memory = Runtime.getRuntime().maxMemory();
        s.vlansInKey = "ConnKey::CONNKEY_VLAN_FIVETUPLE".equals(String.valueOf(context.global("ConnKey::factory")));
        s.vlanSlot = contextSlot("vlan");
        s.innerVlanSlot = contextSlot("inner_vlan");
        s.maxConnections = limit("max_connections", memory / BYTES_PER_CONNECTION);
        s.tcpReassemblyBytes = limit("tcp_reassembly_bytes", memory / 4);
        s.ip.fragmentBytes = limit("frag_reassembly_bytes", Math.min(s.ip.fragmentBytes, memory / 8));
        s.detectFilteredTrace = flag("detect_filtered_trace", s.detectFilteredTrace);
        s.reportGapsForPartial = flag("report_gaps_for_partial", s.reportGapsForPartial);
        s.ignoreKeepAliveRexmit = flag("ignore_keep_alive_rexmit", s.ignoreKeepAliveRexmit);
        s.connectionStatusUpdateInterval =
                number("connection_status_update_interval", s.connectionStatusUpdateInterval);
        s.captureSnapshotBytes = (int) number("Pcap::snaplen", s.captureSnapshotBytes);
        s.captureBufferBytes = (long) number("Pcap::bufsize", (double) (s.captureBufferBytes >> 20)) << 20;
        s.maxTimerExpires = (int) number("max_timer_expires", s.maxTimerExpires);
        s.bitsPerUid = (int) number("bits_per_uid", s.bitsPerUid);
        s.tunnelMaxDepth = (int) number("Tunnel::max_depth", s.tunnelMaxDepth);
        s.tunnelMaxChanges = (int) number("Tunnel::max_changes_per_connection", s.tunnelMaxChanges);
        s.ipTunnelTimeout = number("Tunnel::ip_tunnel_timeout", s.ipTunnelTimeout);
        s.delayTeredoConfirmation = flag("Tunnel::delay_teredo_confirmation", s.delayTeredoConfirmation);
        s.delayGtpConfirmation = flag("Tunnel::delay_gtp_confirmation", s.delayGtpConfirmation);
        s.validateVxlanChecksums = flag("Tunnel::validate_vxlan_checksums", s.validateVxlanChecksums);
        tunnel(s, TunnelPorts.VXLAN, "VXLAN::vxlan_ports");
        tunnel(s, TunnelPorts.GENEVE, "Geneve::geneve_ports");
        tunnel(s, TunnelPorts.TEREDO, "TEREDO::teredo_ports");
        tunnel(s, TunnelPorts.AYIYA, "AYIYA::ayiya_ports");
        tunnel(s, TunnelPorts.GTP, "GTPV1::gtpv1_ports");
        tunnel(s, TunnelPorts.GRE, "GRE::gre_ports");
        contents(s.tcpContents, "tcp", Port.Proto.TCP);
        contents(s.udpContents, "udp", Port.Proto.UDP);
        s.udpContents.eitherEnd = ports("udp_content_ports", Port.Proto.UDP);
        s.udpContents.useResponderPort = flag("udp_content_delivery_ports_use_resp", false);
        s.genericPacketThresholds = numbers("ConnThreshold::generic_packet_thresholds");
        s.exitOnlyAfterTerminate = flag("exit_only_after_terminate", s.exitOnlyAfterTerminate);
        s.clockMovesTime = flag("allow_network_time_forward", s.clockMovesTime);
        portsOf("likely_server_ports").forEach(s.likelyServerPorts::add);
    }

    /** A field of conn_id_ctx; -1 unless scripts have added it, as an int. */
    private int contextSlot(String field) {
        if (context.type("conn_id_ctx") instanceof RecordType type) {
            int slot = type.slot(field);
            return slot >= 0 && type.fields().get(slot).type() == Types.INT ? slot : -1;
        }
        return -1;
    }

    /** An option of which 0 leaves it to us. */
    private long limit(String name, long otherwise) {
        long chosen = (long) number(name, 0);
        return chosen > 0 ? chosen : otherwise;
    }

    /** The ports of a tunnel; what is behind them serves. */
    private void tunnel(EngineSettings s, int kind, String name) {
        List<Port> ports = portsOf("PacketAnalyzer::" + name);
        s.tunnelPorts.set(kind, ports.stream().mapToInt(Port::number).toArray());
        ports.forEach(s.likelyServerPorts::add);
    }

    private List<Port> portsOf(String name) {
        List<Port> ports = new ArrayList<>();
        if (context.global(name) instanceof TableValue set) {
            for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
                if (set.entryKey(e) instanceof Port port) {
                    ports.add(port);
                }
            }
        }
        return ports;
    }

    private void contents(ContentPorts wanted, String transport, Port.Proto proto) {
        wanted.allOriginators = flag(transport + "_content_deliver_all_orig", false);
        wanted.allResponders = flag(transport + "_content_deliver_all_resp", false);
        wanted.originators = ports(transport + "_content_delivery_ports_orig", proto);
        wanted.responders = ports(transport + "_content_delivery_ports_resp", proto);
    }

    /** The ports of a set, or those that a table has T for, as it is when it is asked. */
    private IntPredicate ports(String name, Port.Proto proto) {
        return port -> context.global(name) instanceof TableValue t && Boolean.TRUE.equals(t.get(Port.of(port, proto)));
    }

    /** The networks of a set, as it is when it is asked: options change. */
    private IpSettings.AddressFilter subnets(String name) {
        Global variable = globals.exact(name);
        return (high, low) -> variable != null
                && variable.value() instanceof TableValue set
                && set.size() > 0
                && set.contains(Addr.v6(high, low));
    }

    private List<String> strings(String name) {
        List<String> all = new ArrayList<>();
        if (context.global(name) instanceof TableValue set) {
            for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
                all.add(String.valueOf(set.entryKey(e)));
            }
        }
        return all;
    }

    /** The members of a set of counts, ascending. */
    private long[] numbers(String name) {
        if (!(context.global(name) instanceof TableValue set)) {
            return new long[0];
        }
        long[] all = new long[set.size()];
        int n = 0;
        for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
            if (set.entryKey(e) instanceof Long member) {
                all[n++] = member;
            }
        }
        Arrays.sort(all);
        return all;
    }

    private boolean flag(String name, boolean otherwise) {
        return context.global(name) instanceof Boolean b ? b : otherwise;
    }

    private double number(String name, double otherwise) {
        return context.number(name, otherwise);
    }
}
