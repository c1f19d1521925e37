package dev.tandem.hostprotocol.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAuthorityTest {
    @TempDir
    Path folder;

    private OwnAuthority authority;
    private byte[] certificate;

    @BeforeEach
    void make() throws IOException {
        authority = new OwnAuthority(folder);
        authority.settings(List.of());
        certificate = Files.readAllBytes(authority.certificate());
    }

    @Test
    void anotherNameNeedsAnotherServerCertificateAndNoOtherAuthority() throws IOException {
        byte[] server = Files.readAllBytes(folder.resolve("server.pem"));
        authority.settings(List.of());
        assertArrayEquals(server, Files.readAllBytes(folder.resolve("server.pem")));
        authority.settings(List.of("sensor.example"));
        assertFalse(Arrays.equals(server, Files.readAllBytes(folder.resolve("server.pem"))));
        assertArrayEquals(certificate, Files.readAllBytes(authority.certificate()));
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsMadeAnewWithIt() throws Exception {
        // What a crash between the two leaves.
        OwnAuthority other = new OwnAuthority(folder.resolve("other"));
        other.settings(List.of());
        Files.copy(
                folder.resolve("other/server.key"),
                folder.resolve("server.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        authority.settings(List.of());
        assertTrue(PemFiles.belongTogether(
                PemFiles.certificate(folder.resolve("server.pem")), PemFiles.privateKey(folder.resolve("server.key"))));
        assertArrayEquals(certificate, Files.readAllBytes(authority.certificate()));
    }

    @Test
    void aKeyOfAnotherAuthoritySignsNothing() throws IOException {
        OwnAuthority other = new OwnAuthority(folder.resolve("other"));
        other.settings(List.of());
        Files.copy(
                folder.resolve("other/ca.key"),
                folder.resolve("ca.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        IOException e = assertThrows(IOException.class, () -> authority.settings(List.of("sensor.example")));
        assertTrue(String.valueOf(e.getMessage()).contains("is not the key of"), e::toString);
    }

    @Test
    void aGivenKeyMustBeTheCertificates() throws IOException {
        TlsSettings other = new OwnAuthority(folder.resolve("other")).settings(List.of());
        TlsSettings mixed = new TlsSettings(folder.resolve("server.pem"), other.key(), null);
        IOException e = assertThrows(IOException.class, mixed::context);
        assertTrue(String.valueOf(e.getMessage()).contains("is not the key of"), e::toString);
    }

    @Test
    void renewedCertificatesAreServedWithoutARestart() throws IOException {
        AtomicLong clock = new AtomicLong();
        TlsSettings settings = authority.settings(List.of());
        RenewedTls tls = new RenewedTls(settings, clock::get);
        SslContext first = tls.current();
        authority.settings(List.of("sensor.example"));
        assertSame(first, tls.current(), "files are not looked at for each connection");
        clock.set(10_000_000_000L);
        SslContext second = tls.current();
        assertNotSame(first, second);
        Files.writeString(settings.certificate(), "half");
        clock.set(20_000_000_000L);
        assertSame(second, tls.current());
    }

    @Test
    void withoutItsKeyTheAuthorityStaysAsLongAsTheServersCertificateIsGood() throws IOException {
        Files.delete(folder.resolve("ca.key"));
        authority.settings(List.of());
        assertArrayEquals(certificate, Files.readAllBytes(authority.certificate()));
    }

    @Test
    void anAuthorityThatHostsKnowIsNotReplaced() throws IOException {
        Files.delete(folder.resolve("ca.key"));
        IOException e = assertThrows(IOException.class, () -> authority.settings(List.of("sensor.example")));
        assertTrue(String.valueOf(e.getMessage()).startsWith(folder.resolve("ca.key") + ": is missing"), e::toString);
        assertArrayEquals(certificate, Files.readAllBytes(authority.certificate()));
    }
}
