package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.ScriptContext;
import org.jspecify.annotations.Nullable;

/** Pieces of protocols as text: FTP ports, NetBIOS names, escaped URIs. */
public final class ProtocolFunctions {
    private ProtocolFunctions() {}

    private static RecordValue ftpPort(ScriptContext ctx, Addr addr, int port, boolean valid) {
        RecordValue r = Declared.record(ctx, "ftp_port");
        r.set(0, addr);
        r.set(1, Port.of(port, Port.Proto.TCP));
        r.set(2, valid);
        return r;
    }

    /** {@code h1,h2,h3,h4,p1,p2} (RFC 959, 4.1.2); what follows is ignored. */
    @Bif(value = "parse_ftp_port", type = "function(s: string): ftp_port")
    public static RecordValue parseFtpPort(ScriptContext ctx, Bytes s) {
        String[] parts = s.latin1().split(",", 6);
        long bits = 0;
        boolean good = parts.length == 6 && s.length() >= 11;
        for (int i = 0; good && i < 6; i++) {
            String digits = leadingDigits(parts[i].strip());
            int n = digits.isEmpty() || digits.length() > 9 ? -1 : Integer.parseInt(digits);
            good = n >= 0
                    && n <= 255
                    && (i == 5 || digits.length() == parts[i].strip().length());
            bits = bits << 8 | n;
        }
        return good
                ? ftpPort(ctx, Addr.v4((int) (bits >> 16)), (int) (bits & 0xffff), true)
                : ftpPort(ctx, Addr.V4_ZERO, 0, false);
    }

    private static String leadingDigits(String s) {
        int end = 0;
        while (end < s.length() && Ascii.isDigit(s.charAt(end))) {
            end++;
        }
        return s.substring(0, end);
    }

    /** {@code |protocol|address|port|} with any delimiter (RFC 2428, 2). */
    @Bif(value = "parse_eftp_port", type = "function(s: string): ftp_port")
    public static RecordValue parseEftpPort(ScriptContext ctx, Bytes s) {
        String line = s.latin1().stripLeading();
        if (line.isEmpty()) {
            return ftpPort(ctx, Addr.V6_ZERO, 0, false);
        }
        String[] fields = line.substring(1).split(java.util.regex.Pattern.quote(line.substring(0, 1)), -1);
        boolean good = fields.length >= 2 && (fields[0].isEmpty() || isNumber(fields[0]));
        Addr addr = Addr.V6_ZERO;
        if (fields.length > 1 && !fields[1].isEmpty()) {
            Addr parsed = AddressText.addr(fields[1]);
            good &= parsed != null;
            addr = parsed == null ? addr : parsed;
        }
        int port = 0;
        if (fields.length > 2) {
            port = AddressText.atoi(fields[2]);
            good &= fields.length > 3 && (fields[2].isEmpty() || isNumber(fields[2])) && port >= 0 && port <= 65535;
            port = port < 0 || port > 65535 ? 0 : port;
        }
        return ftpPort(ctx, addr, port, good);
    }

    private static boolean isNumber(String s) {
        String digits = s.startsWith("-") ? s.substring(1) : s;
        return !digits.isEmpty() && leadingDigits(digits).length() == digits.length();
    }

    @Bif(value = "parse_ftp_pasv", type = "function(str: string): ftp_port")
    public static RecordValue parseFtpPasv(ScriptContext ctx, Bytes str) {
        String s = str.latin1();
        int at = s.indexOf('(') + 1;
        if (at == 0) {
            int word = s.indexOf("PORT");
            int comma = s.indexOf(',');
            if (word >= 0) {
                at = Math.min(s.length(), word + 5);
            } else if (comma >= 0) {
                at = comma;
                while (at > 0 && Ascii.isDigit(s.charAt(at - 1))) {
                    at--;
                }
            } else {
                at = s.length();
            }
        }
        return parseFtpPort(ctx, str.slice(at, str.length()));
    }

    @Bif(value = "parse_ftp_epsv", type = "function(str: string): ftp_port")
    public static RecordValue parseFtpEpsv(ScriptContext ctx, Bytes str) {
        int open = str.latin1().indexOf('(');
        return parseEftpPort(ctx, open < 0 ? Bytes.EMPTY : str.slice(open + 1, str.length()));
    }

    @Bif(value = "fmt_ftp_port", type = "function(a: addr, p: port): string")
    public static Bytes fmtFtpPort(ScriptContext ctx, Addr a, Port p) {
        if (!a.isV4()) {
            ctx.callError("conversion of non-IPv4 address in fmt_ftp_port", a);
            return Bytes.EMPTY;
        }
        return Bytes.of(a.toString().replace('.', ',') + "," + (p.number() >> 8) + "," + (p.number() & 0xff));
    }

    private static final int NETBIOS_LENGTH = 32;

    /** The 16 bytes of a name in first-level encoding (RFC 1001, 14.1); null when it is none. */
    private static byte @Nullable [] netbios(Bytes name) {
        if (name.length() != NETBIOS_LENGTH) {
            return null;
        }
        byte[] decoded = new byte[16];
        for (int i = 0; i < 16; i++) {
            int high = Ascii.upper(name.at(2 * i)) - 'A';
            int low = Ascii.upper(name.at(2 * i + 1)) - 'A';
            if (high < 0 || high > 15 || low < 0 || low > 15) {
                return null;
            }
            decoded[i] = (byte) (high << 4 | low);
        }
        return decoded;
    }

    @Bif(value = "decode_netbios_name", type = "function(name: string): string", pure = true)
    public static Bytes decodeNetbiosName(Bytes name) {
        byte[] decoded = netbios(name);
        if (decoded == null) {
            return Bytes.EMPTY;
        }
        int length = 0;
        while (length < 15
                && (decoded[length] < 3 && decoded[length] >= 0 || decoded[length] >= ' ' && decoded[length] < 127)) {
            length++;
        }
        while (length > 0 && (decoded[length - 1] == ' ' || decoded[length - 1] == 0)) {
            length--;
        }
        return Bytes.copyOf(decoded, 0, length);
    }

    /** The name's 16th byte, 256 when it is no NetBIOS name. */
    @Bif(value = "decode_netbios_name_type", type = "function(name: string): count", pure = true)
    public static long decodeNetbiosNameType(Bytes name) {
        byte[] decoded = netbios(name);
        return decoded == null ? 256 : decoded[15] & 0xff;
    }

    /** Undoes percent escapes, also the {@code %u00AE} kind; broken ones stay (Zeek {@code protocol/http/HTTP.cc}). */
    @Bif(value = "unescape_URI", type = "function(URI: string): string", pure = true)
    public static Bytes unescapeUri(Bytes uri) {
        ByteSink out = new ByteSink(uri.length());
        int length = uri.length();
        for (int at = 0; at < length; at++) {
            int b = uri.at(at);
            if (b != '%' || at + 2 >= length) {
                out.add(b);
            } else if (hexAt(uri, at + 1, 2)) {
                out.add(Ascii.hexDigit(uri.at(at + 1)) << 4 | Ascii.hexDigit(uri.at(at + 2)));
                at += 2;
            } else if (uri.at(at + 1) == 'u' && hexAt(uri, at + 2, 4)) {
                int high = Ascii.hexDigit(uri.at(at + 2)) << 4 | Ascii.hexDigit(uri.at(at + 3));
                if (high != 0) {
                    out.add(high);
                }
                out.add(Ascii.hexDigit(uri.at(at + 4)) << 4 | Ascii.hexDigit(uri.at(at + 5)));
                at += 5;
            } else if (uri.at(at + 1) != '%') {
                // Of two percent signs the first is dropped, of any other text behind one nothing.
                out.add('%').add(uri.at(++at));
            }
        }
        return out.toBytes();
    }

    private static boolean hexAt(Bytes s, int at, int count) {
        if (at + count > s.length()) {
            return false;
        }
        for (int i = at; i < at + count; i++) {
            if (Ascii.hexDigit(s.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
