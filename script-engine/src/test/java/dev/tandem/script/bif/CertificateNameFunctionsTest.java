package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateNameFunctionsTest {
    @ParameterizedTest
    @CsvSource({
        "www.example.org, www.example.org, true",
        "WWW.example.org, www.Example.org, true",
        "www.example.org, *.example.org, true",
        "www.example.org, w*w.example.org, true",
        "ww.example.org, ww*w.example.org, false",
        "www.example.org, *.*.org, false",
        "example.org, *.org, false",
        "a.b.example.org, *.example.org, false",
        "a.b.example.org, a.*.example.org, false",
        "www, *, false",
    })
    void aStarStandsForPartOfTheFirstLabel(String host, String certificate, boolean matches) {
        assertEquals(matches, CertificateNameFunctions.checkHostname(Bytes.of(host), Bytes.of(certificate)));
    }

    @Test
    void aByteOfZeroHidesNothing() {
        assertEquals(
                false,
                CertificateNameFunctions.checkHostname(Bytes.of("a.example.org\0x"), Bytes.of("*.example.org\0x")));
    }

    @Test
    void distinguishedNamesAreWrittenFromTheEnd() {
        Bytes der = Bytes.wrap(new X500Principal("CN=J\u00fcrgen, O=Example, C=DE").getEncoded());
        assertEquals(
                "CN=J\\C3\\BCrgen,O=Example,C=DE",
                CertificateNameFunctions.parseDistinguishedName(der).latin1());
        assertEquals(Bytes.EMPTY, CertificateNameFunctions.parseDistinguishedName(Bytes.of("0000")));
    }
}
