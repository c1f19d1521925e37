package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.Option;
import dev.tandem.program.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Puts a prefix's configuration in place for its nodes (zeekctl {@code install.py}). */
public final class Installation {
    private static final String FINGERPRINT = "hash-config";
    private static final String VERSION = "version";

    private final Site site;

    public Installation(Site site) {
        this.site = site;
    }

    /** Copies the users' scripts, generates the others, makes directories. The lock's holder. */
    public void install() throws IOException, ConfigException {
        Console console = site.console();
        site.warnOfWithoutEffect();
        Path policies = site.installed().resolve("site");
        Path generated = site.installed().resolve("auto");
        for (Path old : List.of(policies, generated)) {
            if (Files.isDirectory(old)) {
                console.info("removing old policies in " + old + " ...");
                Directories.delete(old);
            }
        }
        console.info("creating policy directories ...");
        Files.createDirectories(policies);
        Files.createDirectories(generated);
        console.info("installing site policies ...");
        if (Files.isDirectory(site.sitePolicy())) {
            Directories.copy(site.sitePolicy(), policies);
        }
        new GeneratedScripts(site).write(generated, console);
        for (Node node : site.nodes().all()) {
            StartScript.write(site, node, StartScript.below(site.installed(), node));
        }
        directories();
        NodeStates states = site.states();
        states.set(FINGERPRINT, fingerprint());
        states.set(VERSION, Version.NUMBER);
    }

    private void directories() throws IOException {
        for (Node node : site.nodes().all()) {
            if (node.isLocal()) {
                site.makeDirectories(node);
            }
        }
        Files.createDirectories(site.temporary());
        Files.createDirectories(site.logs().resolve("stats"));
        Path current = site.logs().resolve("current");
        Path target = site.directory(site.nodes().logNode()).toAbsolutePath();
        if (Files.isSymbolicLink(current) && !Files.readSymbolicLink(current).equals(target)) {
            Files.delete(current);
        }
        if (!Files.exists(current, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(current, target);
        }
    }

    /** What is to be said before other commands; null when nothing. */
    public @Nullable String warning() {
        if (!site.isInstalled()) {
            return null;
        }
        NodeStates states = site.states();
        String installed = states.get(FINGERPRINT);
        if (installed != null && !installed.equals(fingerprint())) {
            return "tandemctl config or node config has changed (run the tandemctl \"deploy\" command)";
        }
        String version = states.get(VERSION);
        return version != null && !version.equals(Version.NUMBER)
                ? "new tandem version detected (run the tandemctl \"deploy\" command)"
                : null;
    }

    /** Of the files whose changes need an install. */
    private String fingerprint() {
        CRC32 sum = new CRC32();
        Path directory = site.config().path(Option.CfgDir);
        for (String name : List.of("tandemctl.cfg", "node.cfg", "networks.cfg")) {
            sum.update(name.getBytes(StandardCharsets.US_ASCII));
            try {
                sum.update(Files.readAllBytes(directory.resolve(name)));
            } catch (IOException e) {
                sum.update(0);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
