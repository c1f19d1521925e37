package dev.tandem.hostprotocol.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
