package dev.tandem.it;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates of hosts. */
final class ClientAuthority {
    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    ClientAuthority(String name) throws Exception {
        this.name = new X500Name("CN=" + name);
        certificate = certificate(this.name, keys, Duration.ofDays(1), true);
    }

    /** Writes the authority's certificate for the server. */
    Path writeTo(Path file) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        return Files.writeString(file, text.toString());
    }

    /** What a host with a certificate of this authority speaks. */
    SslContext client(Path serverAuthority, Duration life, String... protocols) throws Exception {
        KeyPair own = newKeys();
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(serverAuthority.toFile())
                .keyManager(own.getPrivate(), certificate(new X500Name("CN=host"), own, life, false))
                .protocols(protocols)
                .build();
    }

    private X509Certificate certificate(X500Name subject, KeyPair of, Duration life, boolean isAuthority)
            throws Exception {
        Instant end = Instant.now().plus(life);
        JcaX509v3CertificateBuilder draft = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(end.minus(Duration.ofDays(2))),
                Date.from(end),
                subject,
                of.getPublic());
        draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        PrivateKey signer = keys.getPrivate();
        return new JcaX509CertificateConverter()
                .getCertificate(draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
