package dev.tandem.hostprotocol.server;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of our own, for who has no certificate: {@code ca.pem} and its key, made once, and a server
 * certificate signed with it, made anew when it runs out or lacks a name by which hosts may know this machine.
 */
final class OwnAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** Longer ones are not taken by some systems. */
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    OwnAuthority(Path folder) {
        this.folder = folder;
    }

    Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** @param names of this machine besides those it knows itself */
    TlsSettings settings(Collection<String> names) throws IOException {
        try {
            PrivateFiles.createFolder(folder);
            if (!Files.exists(certificate())) {
                createAuthority();
            }
            Set<String> wanted = ownNames();
            wanted.addAll(names);
            if (!isGood(wanted)) {
                requireAuthorityKey();
                createServer(wanted);
            }
            return new TlsSettings(server(), serverKey(), null);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException(folder + ": cannot make certificates: " + e.getMessage(), e);
        }
    }

    private Path authorityKey() {
        return folder.resolve("ca.key");
    }

    /** Hosts have the certificate that belongs to it: another authority would shut all of them out. */
    private void requireAuthorityKey() throws IOException {
        if (!Files.exists(authorityKey())) {
            throw new IOException(authorityKey() + ": is missing, and " + server()
                    + " must be signed anew with it, as it runs out, is no longer whole, or lacks a name of this"
                    + " machine: put the key back from a backup, or give a certificate of your own (--tls-cert,"
                    + " --tls-key); or delete "
                    + certificate() + " to have a new authority made, whose ca.pem every host then needs");
        }
    }

    private Path server() {
        return folder.resolve("server.pem");
    }

    private Path serverKey() {
        return folder.resolve("server.key");
    }

    private void createAuthority() throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair keys = newKeys();
        X500Name name = new X500Name("CN=Tandem host authority " + Long.toHexString(random.nextLong()));
        JcaX509v3CertificateBuilder draft = draft(name, AUTHORITY_LIFE, name, keys);
        draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        PrivateFiles.write(
                authorityKey(), pem(PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())));
        PrivateFiles.writeReadable(certificate(), pem(sign(draft, keys.getPrivate())));
    }

    private void createServer(Set<String> names)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        X509Certificate authority = PemFiles.certificate(certificate());
        PrivateKey authorityKey = PemFiles.privateKey(authorityKey());
        if (!PemFiles.belongTogether(authority, authorityKey)) {
            throw new IOException(authorityKey() + ": is not the key of " + certificate()
                    + ": put back the one that is, or delete both to have a new authority made, whose ca.pem every host"
                    + " then needs");
        }
        KeyPair keys = newKeys();
        JcaX509v3CertificateBuilder draft = draft(
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
                SERVER_LIFE,
                new X500Name("CN=Tandem"),
                keys);
        draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        draft.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream().map(OwnAuthority::generalName).toArray(GeneralName[]::new)));
        PrivateFiles.write(
                serverKey(), pem(PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())));
        PrivateFiles.writeReadable(server(), pem(sign(draft, authorityKey)) + pem(authority));
    }

    private JcaX509v3CertificateBuilder draft(X500Name issuer, Duration life, X500Name subject, KeyPair keys)
            throws CertIOException {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random),
                Date.from(now.minus(Duration.ofDays(1))), // clocks of hosts may be behind
                Date.from(now.plus(life)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder draft, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(draft.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private boolean isGood(Set<String> names) throws GeneralSecurityException {
        if (!Files.exists(server()) || !Files.exists(serverKey())) {
            return false;
        }
        try {
            X509Certificate certificate = PemFiles.certificate(server());
            certificate.verify(PemFiles.certificate(certificate()).getPublicKey());
            Instant renewed = certificate.getNotAfter().toInstant().minus(RENEWED_BEFORE);
            // Key and certificate are two files: a crash may have come between.
            return PemFiles.belongTogether(certificate, PemFiles.privateKey(serverKey()))
                    && Instant.now().isBefore(renewed)
                    && namesOf(certificate).containsAll(names);
        } catch (IOException | GeneralSecurityException e) {
            return false; // whatever it is, a new one will do
        }
    }

    private static Set<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> names = new LinkedHashSet<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all != null) {
            all.forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        return names;
    }

    /** Addresses as a certificate's names read: IPv6 ones in full. */
    private static Set<String> ownNames() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        names.add("localhost");
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (IOException e) {
            // A machine without a name is known by its addresses.
        }
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .forEach(address -> names.add(withoutZone(address.getHostAddress())));
        return names;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static GeneralName generalName(String name) {
        boolean isAddress = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    object instanceof PrivateKeyInfo info
                            ? new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", info.getEncoded())
                            : object);
        }
        return text.toString();
    }
}
