package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** Names in certificates. */
public final class CertificateNameFunctions {
    /** Short names that RFC 2253 leaves out and OpenSSL writes. */
    private static final Map<String, String> MORE_NAMES = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "2.5.4.5", "serialNumber",
            "2.5.4.4", "SN",
            "2.5.4.42", "GN",
            "2.5.4.12", "title",
            "2.5.4.15", "businessCategory",
            "2.5.4.17", "postalCode");

    private CertificateNameFunctions() {}

    /** A name in DER as RFC 2253 writes it, bytes that are not ASCII escaped; empty when it is none. */
    @Bif(value = "parse_distinguished_name", type = "function(dn: string): string", pure = true)
    public static Bytes parseDistinguishedName(Bytes dn) {
        try {
            X500Principal name = new X500Principal(new ByteArrayInputStream(dn.array()));
            Bytes text = Bytes.of(name.getName(X500Principal.RFC2253, MORE_NAMES));
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                int c = text.at(i);
                if (c < 0x80) {
                    out.append((char) c);
                } else {
                    out.append(String.format(Locale.ROOT, "\\%02X", c));
                }
            }
            return Bytes.latin1(out.toString());
        } catch (IllegalArgumentException e) {
            return Bytes.EMPTY;
        }
    }

    /** Whether a host name is the one in a certificate, which may have one {@code *} in its first label (RFC 6125, 6.4.3). */
    @Bif(value = "x509_check_hostname", type = "function(hostname: string, certname: string): bool", pure = true)
    public static boolean checkHostname(Bytes hostname, Bytes certname) {
        String host = hostname.latin1().toLowerCase(Locale.ROOT);
        String pattern = certname.latin1().toLowerCase(Locale.ROOT);
        if (host.indexOf('\0') >= 0 || pattern.indexOf('\0') >= 0) {
            return false;
        }
        int star = pattern.indexOf('*');
        int patternDot = pattern.indexOf('.');
        if (star < 0) {
            return host.equals(pattern);
        }
        int hostDot = host.indexOf('.');
        boolean wellFormed =
                star < patternDot && pattern.indexOf('*', star + 1) < 0 && pattern.indexOf('.', patternDot + 1) >= 0;
        if (!wellFormed || hostDot < 0 || !host.substring(hostDot).equals(pattern.substring(patternDot))) {
            return false;
        }
        String label = host.substring(0, hostDot);
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1, patternDot);
        return label.length() >= before.length() + after.length() && label.startsWith(before) && label.endsWith(after);
    }
}
