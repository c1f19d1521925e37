package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Community ID version 1: a hash of a connection's endpoints that other tools compute alike
 * (github.com/corelight/community-id-spec).
 */
public final class CommunityId {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP6 = 58;
    private static final int SCTP = 132;
    private static final long UNKNOWN_PROTOCOL = 65535;
    /** Message types that are asked or answered; others go one way. */
    private static final Set<Integer> TWO_WAY = Set.of(0, 8, 9, 10, 13, 14, 15, 16, 17, 18);

    private static final Set<Integer> TWO_WAY6 = Set.of(128, 129, 130, 131, 133, 134, 135, 136, 139, 140, 144, 145);

    private CommunityId() {}

    @Bif(
            value = "community_id_v1",
            type = "function(cid: conn_id, seed: count &default=0, do_base64: bool &default=T): string",
            pure = true)
    public static Bytes communityIdV1(
            ScriptContext ctx, RecordValue cid, @Nullable Long seed, @Nullable Boolean doBase64) {
        if (!(cid.get(0) instanceof Addr orig)
                || !(cid.get(1) instanceof Port origPort)
                || !(cid.get(2) instanceof Addr resp)
                || !(cid.get(3) instanceof Port respPort)) {
            throw new ScriptError("field value missing");
        }
        boolean v4 = orig.isV4();
        int protocol = switch (origPort.proto()) {
            case TCP -> TCP;
            case UDP -> UDP;
            case ICMP -> v4 ? ICMP : ICMP6;
            case UNKNOWN ->
                cid.layout().size() > 4 && cid.get(4) instanceof Long n && n != UNKNOWN_PROTOCOL
                        ? n.intValue() & 0xff
                        : -1;
        };
        if (protocol < 0) {
            ctx.callError("CommunityID: unknown transport layer", cid);
            return Bytes.EMPTY;
        }
        int from = origPort.number();
        int to = respPort.number();
        boolean oneWay = origPort.proto() == Port.Proto.ICMP && !(v4 ? TWO_WAY : TWO_WAY6).contains(from);
        int order = orig.compareTo(resp);
        boolean keep = oneWay || order < 0 || order == 0 && from < to;
        ByteBuffer data = ByteBuffer.allocate(40);
        data.putShort((short) (seed == null ? 0 : seed));
        data.put((keep ? orig : resp).toBytes()).put((keep ? resp : orig).toBytes());
        data.put((byte) protocol).put((byte) 0);
        if (origPort.proto() != Port.Proto.UNKNOWN || protocol == SCTP) {
            data.putShort((short) (keep ? from : to)).putShort((short) (keep ? to : from));
        }
        Bytes digest = sha1(Arrays.copyOf(data.array(), data.position()));
        Bytes text = doBase64 == null || doBase64 ? Base64.encode(digest, null) : HashFunctions.hex(digest.array());
        return Bytes.of("1:").concat(text);
    }

    private static Bytes sha1(byte[] data) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new ScriptError("SHA-1 is not available");
        }
    }
}
