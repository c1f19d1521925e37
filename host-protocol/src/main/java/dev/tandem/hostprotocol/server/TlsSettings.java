package dev.tandem.hostprotocol.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the port proves who it is, and whether hosts must. Files are PEM.
 *
 * @param certificate the server's certificate, followed by those between it and its authority
 * @param key its private key, PKCS#8
 * @param clientAuthority certificates of authorities one of which must have signed the host's; null when hosts need none
 */
public record TlsSettings(
        Path certificate, Path key, @Nullable Path clientAuthority) {
    /**
     * The server's own certificate, signed by an authority of its own; both are made in a folder when they are not there, and
     * the certificate again when it runs out or lacks a name.
     *
     * @param folder holds {@code ca.pem} for the hosts
     * @param names by which hosts know this machine, besides those it knows itself
     */
    public static TlsSettings ownIn(Path folder, Collection<String> names) throws IOException {
        return new OwnAuthority(folder).settings(names);
    }

    List<Path> files() {
        return clientAuthority == null ? List.of(certificate, key) : List.of(certificate, key, clientAuthority);
    }

    /** TLS 1.2 and 1.3, with the ciphers of Java's own list: osquery has ECDHE with AES-GCM of it. */
    public SslContext context() throws IOException {
        require(certificate, "certificate");
        require(key, "key of the certificate");
        try {
            requirePair();
            SslContextBuilder builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm(null);
            if (clientAuthority != null) {
                require(clientAuthority, "certificate of the hosts' authority");
                builder.trustManager(clientAuthority.toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    certificate + ", " + key + ": not a certificate and its PKCS#8 key in PEM: " + cause.getMessage(),
                    e);
        }
    }

    /** What no handshake would say. */
    private void requirePair() throws IOException {
        try {
            if (!PemFiles.belongTogether(PemFiles.certificate(certificate), PemFiles.privateKey(key))) {
                throw new IOException(
                        key + ": is not the key of " + certificate + ": give the two that belong together");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + ", " + key + ": cannot be used: " + e.getMessage(), e);
        }
    }

    private static void require(Path file, String what) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": cannot read the " + what);
        }
    }
}
