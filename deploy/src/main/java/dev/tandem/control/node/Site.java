package dev.tandem.control.node;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.config.ControlConfig;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeTable;
import dev.tandem.control.config.Option;
import dev.tandem.control.config.WithoutEffect;
import dev.tandem.control.socket.ControlClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;

/**
 * One prefix: its configuration and its directories, laid out as broctl's. Below the prefix are {@code etc}, {@code logs},
 * {@code share/tandem/site} and {@code spool}, each of which an option may put elsewhere; in the spool, a directory for each
 * node, and one below {@code state} for what outlives its runs.
 */
public final class Site {
    private static final String STATE = "state";

    private final Path home;
    private final Path prefix;
    private final ControlConfig config;
    private final NodeTable nodes;
    private final Console console;

    private Site(Path home, Path prefix, ControlConfig config, NodeTable nodes, Console console) {
        this.home = home;
        this.prefix = prefix;
        this.config = config;
        this.nodes = nodes;
        this.console = console;
    }

    /**
     * Reads the configuration of a prefix; one that has none yet is given the files to begin with. For what users call: to
     * those that go on by themselves a prefix without configuration is one that is being removed.
     *
     * @param home where Tandem itself is
     * @throws ConfigException when there is something wrong with it
     */
    public static Site setUp(Path home, Path prefix, Console console) throws ConfigException {
        FirstConfiguration.ensure(home, prefix.toAbsolutePath().normalize());
        return open(home, prefix, console);
    }

    /**
     * Reads the configuration of a prefix.
     *
     * @param home where Tandem itself is
     * @throws ConfigException when there is something wrong with it, or none
     */
    public static Site open(Path home, Path prefix, Console console) throws ConfigException {
        Path where = prefix.toAbsolutePath().normalize();
        ControlConfig config = ControlConfig.read(where);
        NodeTable nodes = NodeTable.read(config.path(Option.CfgDir).resolve("node.cfg"));
        return new Site(home, where, config, nodes, console);
    }

    public Path home() {
        return home;
    }

    public Path prefix() {
        return prefix;
    }

    public ControlConfig config() {
        return config;
    }

    public NodeTable nodes() {
        return nodes;
    }

    public Console console() {
        return console;
    }

    /** The program that nodes run. */
    public Path program() {
        return home.resolve("bin/tandem");
    }

    public Path spool() {
        return config.path(Option.SpoolDir);
    }

    public Path logs() {
        return config.path(Option.LogDir);
    }

    public Path temporary() {
        return spool().resolve("tmp");
    }

    /** What {@code install} writes; users edit the originals. */
    public Path installed() {
        return spool().resolve("installed-scripts-do-not-touch");
    }

    /** The users' own scripts. */
    public Path sitePolicy() {
        return config.path(Option.SitePolicyPath);
    }

    /** Where a node works. */
    public Path directory(Node node) {
        return spool().resolve(node.name());
    }

    /**
     * What outlives a node's runs: the hosts' certificates, secrets and journal, which no {@code cleanup} touches; the control
     * socket too.
     */
    public Path state(Node node) {
        return spool().resolve(STATE).resolve(node.name());
    }

    /** Makes the directories of a node, for the user who owns the spool: root may install for another. */
    public void makeDirectories(Node node) throws IOException {
        UserPrincipal owner = Files.getOwner(Files.createDirectories(spool()));
        for (Path directory : List.of(directory(node), spool().resolve(STATE), state(node))) {
            Files.createDirectories(directory);
            if (!Files.getOwner(directory).equals(owner)) {
                Files.setOwner(directory, owner);
            }
        }
    }

    public NodeStates states() {
        return new NodeStates(spool().resolve("state.properties"));
    }

    /** Tells of what is set and changes nothing. */
    public void warnOfWithoutEffect() {
        WithoutEffect.in(config, nodes).forEach(console::warn);
    }

    /** Whether {@code install} has been run. */
    public boolean isInstalled() {
        return Files.isDirectory(installed().resolve("auto"));
    }

    /** To ask a running node. */
    public ControlClient client(Node node) {
        return new ControlClient(state(node));
    }

    /** How long a node may take to answer. */
    public Duration answerTime() {
        return Duration.ofSeconds(config.number(Option.CommTimeout));
    }

    /** How long a command that runs besides may take. */
    public Duration commandTime() {
        return Duration.ofSeconds(config.number(Option.CommandTimeout));
    }
}
