package dev.tandem.hostprotocol.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys in PEM. */
final class PemFiles {
    private static final byte[] PROBE = {1, 2, 3};

    private PemFiles() {}

    /** The first certificate of a file. */
    static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file)))) {
            if (pem.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
        }
        throw new IOException(file + ": not a certificate in PEM");
    }

    static PrivateKey privateKey(Path file) throws IOException {
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file)))) {
            if (pem.readObject() instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
        }
        throw new IOException(file + ": not a PKCS#8 key in PEM");
    }

    /** Whether what the key signs is what the certificate vouches for. A kind of key that is not known here passes. */
    static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> "";
        };
        if (algorithm.isEmpty()) {
            return true;
        }
        if (!kind(key.getAlgorithm()).equals(kind(certificate.getPublicKey().getAlgorithm()))) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        try {
            return signature.verify(signed);
        } catch (java.security.SignatureException e) {
            return false; // of another curve or length
        }
    }

    private static String kind(String algorithm) {
        return algorithm.substring(0, 2).toUpperCase(java.util.Locale.ROOT);
    }
}
