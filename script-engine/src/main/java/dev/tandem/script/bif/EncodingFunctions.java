package dev.tandem.script.bif;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.ScriptContext;
import org.jspecify.annotations.Nullable;

/** Byte strings to and from hex, base64 and binary numbers. */
public final class EncodingFunctions {
    private EncodingFunctions() {}

    @Bif(value = "bytestring_to_hexstr", type = "function(bytestring: string): string", pure = true)
    public static Bytes bytestringToHexstr(Bytes bytestring) {
        return StringFunctions.stringToAsciiHex(bytestring);
    }

    @Bif(value = "hexstr_to_bytestring", type = "function(hexstr: string): string")
    public static Bytes hexstrToBytestring(ScriptContext ctx, Bytes hexstr) {
        if (hexstr.length() % 2 != 0) {
            ctx.reporter().error("Hex string '" + hexstr.utf8() + "' has invalid length (not divisible by 2)", null);
            return Bytes.EMPTY;
        }
        ByteSink out = new ByteSink(hexstr.length() / 2);
        for (int i = 0; i < hexstr.length(); i += 2) {
            int high = Ascii.hexDigit(hexstr.at(i));
            int low = Ascii.hexDigit(hexstr.at(i + 1));
            if (high < 0) {
                ctx.reporter().error("Could not read hex element from input " + hexstr.utf8(), null);
                return Bytes.EMPTY;
            }
            // Read as scanf's %2x does: one digit is enough.
            out.add(low < 0 ? high : high << 4 | low);
        }
        return out.toBytes();
    }

    @Bif(value = "encode_base64", type = "function(s: string, a: string &default=\"\"): string")
    public static Bytes encodeBase64(ScriptContext ctx, Bytes s, @Nullable Bytes a) {
        if (a != null && !a.isEmpty() && a.length() != 64) {
            ctx.reporter().error("base64 alphabet is not 64 characters: " + a.utf8(), null);
            return Bytes.EMPTY;
        }
        return Base64.encode(s, a);
    }

    @Bif(value = "decode_base64", type = "function(s: string, a: string &default=\"\"): string")
    public static Bytes decodeBase64(ScriptContext ctx, Bytes s, @Nullable Bytes a) {
        Bytes decoded = null;
        if (a != null && !a.isEmpty() && a.length() != 64) {
            ctx.reporter().error("base64 decoding alphabet is not 64 characters: " + a.utf8(), null);
        } else {
            decoded = new Base64(a, m -> ctx.reporter().error(m, null)).decode(s);
        }
        if (decoded == null) {
            ctx.reporter().error("error in decoding string " + s.utf8(), null);
            return Bytes.EMPTY;
        }
        return decoded;
    }

    /** As decode_base64, with what is wrong told as weirds of the connection. */
    @Bif(value = "decode_base64_conn", type = "function(cid: conn_id, s: string, a: string &default=\"\"): string")
    public static Bytes decodeBase64Conn(ScriptContext ctx, RecordValue cid, Bytes s, @Nullable Bytes a) {
        Connection c = ConnectionFunctions.find(ctx, cid);
        if (c == null) {
            ctx.callError("connection ID not a known connection", cid);
            return Bytes.EMPTY;
        }
        if (a != null && !a.isEmpty() && a.length() != 64) {
            ctx.reporter().error("base64 decoding alphabet is not 64 characters: " + a.utf8(), null);
            return Bytes.EMPTY;
        }
        Bytes decoded = new Base64(a, m -> c.weird("base64_illegal_encoding", m, "")).decode(s);
        if (decoded == null) {
            ctx.reporter().error("error in decoding string " + s.utf8(), null);
            return Bytes.EMPTY;
        }
        return decoded;
    }

    @Bif(value = "is_valid_base64", type = "function(s: string, a: string &default=\"\"): bool", pure = true)
    public static boolean isValidBase64(Bytes s, @Nullable Bytes a) {
        if (a != null && !a.isEmpty() && a.length() != 64) {
            return false;
        }
        return new Base64(a, m -> {}).decode(s) != null;
    }

    @Bif(value = "bytestring_to_double", type = "function(s: string): double")
    public static double bytestringToDouble(ScriptContext ctx, Bytes s) {
        if (s.length() != 8) {
            ctx.callError("bad conversion to double", null);
            return 0;
        }
        return Double.longBitsToDouble(AddressFunctions.bigEndian(s, 0, 8));
    }

    @Bif(value = "bytestring_to_float", type = "function(s: string): double")
    public static double bytestringToFloat(ScriptContext ctx, Bytes s) {
        if (s.length() != 4) {
            ctx.callError("bad conversion to float", null);
            return 0;
        }
        return Float.intBitsToFloat((int) AddressFunctions.bigEndian(s, 0, 4));
    }

    @Bif(value = "bytestring_to_count", type = "function(s: string, is_le: bool &default=F): count")
    public static long bytestringToCount(ScriptContext ctx, Bytes s, @Nullable Boolean isLe) {
        if (s.length() > 8) {
            ctx.callError("unsupported byte length for bytestring_to_count", null);
            return 0;
        }
        return AddressFunctions.bigEndian(isLe != null && isLe ? StringFunctions.reverse(s) : s, 0, s.length());
    }

    /** A UUID as DCE/RPC sends it: the first three fields little-endian. */
    @Bif(value = "uuid_to_string", type = "function(uuid: string): string", pure = true)
    public static Bytes uuidToString(Bytes uuid) {
        if (uuid.length() != 16) {
            return Bytes.of("<Invalid UUID>");
        }
        int[] order = {3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15};
        ByteSink out = new ByteSink(36);
        for (int i : order) {
            if (i < 0) {
                out.add('-');
            } else {
                out.hex(uuid.at(i));
            }
        }
        return out.toBytes();
    }
}
