package dev.tandem.daemon;

import dev.tandem.program.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tandem}: Zeek's command line, and the recorded hosts. */
@Command(
        name = "tandem",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "tandem [OPTIONS] [SCRIPT | NAME=VALUE ...] [-- SCRIPT ARGUMENT...]",
            "       tandem demo [DIR]"
        },
        description = {
            "",
            "Analyses network traffic with scripts in Zeek's language, and joins it with what the hosts say of"
                    + " themselves. Logs are written to the current directory.",
            ""
        },
        footer = {
            "",
            "A SCRIPT is a file, a name to look for, or - for standard input. NAME=VALUE sets an option of the"
                    + " scripts.",
            "ZEEKPATH names directories to look for scripts in before Tandem's own; ZEEK_PREFIXES is like -p,"
                    + " ZEEK_SEED_FILE like -G.",
            "Exit status: 0, or 1 when something could not be read or written or scripts have errors.",
            "tandem demo analyses a shipped capture and shows who was behind each connection."
        })
public final class TandemCommand {
    /** How long an interrupted run may take to log what is open. */
    private static final long STOP_SECONDS = 120;

    /** Of one process; more share an interface as processes. */
    private static final int MOST_SHARDS = 64;

    private enum Messages {
        RICH,
        PLAIN
    }

    @Option(
            names = {"-r", "--readfile"},
            paramLabel = "FILE",
            description = "read packets from a pcap or pcapng file, gzipped or not; - is standard input")
    private List<String> traces = new ArrayList<>();

    @Option(
            names = {"-i", "--iface"},
            paramLabel = "IFACE",
            description = "capture packets from an interface; may be given several times")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = "--fanout",
            paramLabel = "GROUP",
            description =
                    "share the interface's traffic, by connections, with other processes that say the same number")
    private @Nullable Integer fanoutGroup;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "analyze with N engines, each with a part of the traffic and a thread; needs -i or -r")
    private int shards = 1;

    @Option(
            names = "--pin-cpus",
            paramLabel = "CPU,...",
            split = ",",
            description = "run the engines on these processors, in turn; numbers from 0")
    private List<Integer> cpus = new ArrayList<>();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "take only packets that match, in tcpdump's language")
    private @Nullable String filter;

    @Option(
            names = {"-w", "--writefile"},
            paramLabel = "FILE",
            description = "also write the packets taken to a pcap file")
    private @Nullable Path writeFile;

    @Option(
            names = "--host-results",
            paramLabel = "FILE",
            description = "result lines of osquery hosts, replayed with the traffic; loads the osquery scripts")
    private @Nullable Path hostResults;

    @Option(
            names = "--host-arrival",
            paramLabel = "FILE",
            description = "when each of those lines arrived, seconds since 1970")
    private @Nullable Path hostArrival;

    @Option(
            names = "--hosts",
            paramLabel = "ADDRESS:PORT",
            description = "listen for osquery hosts there; loads the osquery scripts")
    private @Nullable String hostPort;

    @Option(
            names = "--enroll-secret",
            paramLabel = "FILE",
            description = "secrets that let hosts enrol, a line each; without it one is made in the state directory")
    private @Nullable Path enrollSecrets;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "certificate to show to hosts, PEM; without it one is made in the state directory")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key, PKCS#8 in PEM")
    private @Nullable Path tlsKey;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "hosts need a certificate that one of these authorities has signed, PEM")
    private @Nullable Path tlsClientAuthority;

    @Option(
            names = "--pack",
            paramLabel = "FILE",
            description = "a pack of osquery's with queries for the hosts; may be given several times")
    private List<Path> packs = new ArrayList<>();

    @Option(
            names = {"-b", "--bare-mode"},
            description = "load no scripts but those every script needs")
    private boolean bare;

    @Option(
            names = {"-C", "--no-checksums"},
            description = "take packets with wrong checksums as they are")
    private boolean ignoreChecksums;

    @Option(
            names = {"-e", "--exec"},
            paramLabel = "CODE",
            description = "script text to load after all scripts")
    private List<String> code = new ArrayList<>();

    @Option(
            names = {"-a", "--parse-only"},
            description = "read the scripts, say what is wrong with them, and stop")
    private boolean parseOnly;

    @Option(
            names = "--check",
            description = "the same, and say what is of no use: locals, functions and handlers that nothing reaches")
    private boolean check;

    @Option(
            names = {"-p", "--prefix"},
            paramLabel = "PREFIX",
            description = "with every script X/Y.zeek also load PREFIX.X.Y.zeek where there is one")
    private List<String> prefixes = new ArrayList<>();

    @Option(
            names = {"-I", "--print-id"},
            paramLabel = "NAME",
            description = "print an option or another global name's type and value, and stop")
    private @Nullable String printedName;

    @Option(
            names = {"-G", "--load-seeds"},
            paramLabel = "FILE",
            description = "seeds for random numbers and ids, so that runs repeat")
    private @Nullable Path seedFile;

    @Option(
            names = {"-H", "--save-seeds"},
            paramLabel = "FILE",
            description = "write the seeds of this run, for -G")
    private @Nullable Path savedSeeds;

    @Option(
            names = {"-D", "--deterministic"},
            description = "fixed seeds for random numbers and ids")
    private boolean deterministic;

    @Option(
            names = "--diagnostics",
            paramLabel = "rich|plain",
            description = "messages about scripts with the line they mean, or Zeek's single lines; by default rich on a"
                    + " terminal")
    private @Nullable Messages diagnostics;

    @Option(
            names = {"-U", "--status-file"},
            paramLabel = "FILE",
            description = "keep in this file how far the run is")
    private @Nullable Path statusFile;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "where to keep what outlives a run: hosts, certificates, secrets, results not yet logged; and the"
                            + " socket control.sock for commands")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "keep rotated logs in this directory, in a folder for each day")
    private @Nullable Path archive;

    @Option(
            names = "--archive-as",
            paramLabel = "gz|zst|none",
            defaultValue = "gz",
            description = "how they are compressed there (gz)")
    private String archiveForm = "gz";

    @Option(
            names = "--archive-node",
            paramLabel = "NAME",
            description = "add this to their names, for several nodes with one archive")
    private String archiveNode = "";

    @Option(names = "--no-jit", description = "interpret scripts, never compile them")
    private boolean noJit;

    @Option(
            names = "--dump-class",
            paramLabel = "NAME",
            description = "write the classes that a function, event or hook is compiled to, to the current directory")
    private @Nullable String dumpClass;

    @Option(
            names = {"-N", "--print-plugins"},
            description = "list what is built in, all or what is named, by Zeek's names, and exit")
    private boolean listParts;

    @Option(
            names = {"-v", "--version"},
            description = "print the version and exit")
    private boolean version;

    @Option(
            names = {"-V", "--build-info"},
            description = "print the version with Java's and the system's and exit")
    private boolean buildInfo;

    @Option(
            names = {"-h", "--help"},
            description = "print this and exit")
    private boolean help;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> operands = new ArrayList<>();

    private TandemCommand() {}

    /** Ends the process with the run's status: 0 when it did what it was asked, else 1. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        int status = run(args, terminal, System::exit, TandemCommand::stopOnSignal);
        System.exit(terminal.finish(status));
    }

    /** Told of a run that is about to begin. */
    interface RunListener {
        void begins(Daemon daemon);
    }

    /** The whole command but for the end of the process. Returns the exit status. */
    static int run(String[] args, Terminal terminal, IntConsumer exit, RunListener listener) {
        if (args.length > 0 && args[0].equals("demo")) {
            return DemoCommand.run(args, terminal);
        }
        TandemCommand command = new TandemCommand();
        CommandLine line = commandLine(command);
        try {
            SplitArguments split = SplitArguments.of(args);
            CommandLine.ParseResult given = line.parseArgs(split.own().toArray(String[]::new));
            if (command.help) {
                line.usage(terminal.out());
                return Daemon.OK;
            }
            if (command.version) {
                terminal.out().println("tandem version " + Version.NUMBER);
                return Daemon.OK;
            }
            if (command.buildInfo) {
                terminal.out().println(Version.build());
                return Daemon.OK;
            }
            if (command.listParts) {
                return BuiltIns.print(terminal.out(), command.operands) ? Daemon.OK : Daemon.FAILED;
            }
            ForeignOptions.check(given);
            RunOptions options = command.options(split, args, terminal);
            if (options == null) {
                line.usage(terminal.err());
                return Daemon.FAILED;
            }
            Daemon daemon = DaemonAssembly.assemble(options, terminal, exit);
            listener.begins(daemon);
            return daemon.run();
        } catch (CommandLine.ParameterException e) {
            return misused(terminal, "tandem", e);
        } catch (StartException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return Daemon.FAILED;
        }
    }

    private static CommandLine commandLine(TandemCommand command) {
        CommandLine line = lineOf(command);
        ForeignOptions.addTo(line);
        return line;
    }

    static CommandLine lineOf(Object command) {
        return new CommandLine(command)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setTrimQuotes(false);
    }

    /** @param command what to ask for help */
    static int misused(Terminal terminal, String command, CommandLine.ParameterException e) {
        String what = String.valueOf(e.getMessage());
        terminal.complain(what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1));
        terminal.err().println("Try '" + command + " --help' for more information.");
        return Daemon.FAILED;
    }

    /** Options of the arguments, for tests. */
    static @Nullable RunOptions parse(Terminal terminal, String... args) throws StartException {
        TandemCommand command = new TandemCommand();
        SplitArguments split = SplitArguments.of(args);
        ForeignOptions.check(commandLine(command).parseArgs(split.own().toArray(String[]::new)));
        return command.options(split, args, terminal);
    }

    /** Null when there is nothing to do and nobody to say it. */
    private @Nullable RunOptions options(SplitArguments split, String[] args, Terminal terminal) throws StartException {
        checkCombination();
        String ofEnvironment = System.getenv("ZEEK_PREFIXES");
        if (ofEnvironment != null && !ofEnvironment.isEmpty()) {
            prefixes.addAll(0, List.of(ofEnvironment.split(":")));
        }
        List<String> scripts = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        for (String operand : operands) {
            (operand.indexOf('=') >= 0 ? assignments : scripts).add(operand);
        }
        if (split.script() != null) {
            scripts.add(split.script());
        }
        RunOptions given = withScripts(scripts, assignments, split, args);
        if (!given.saysNothing()) {
            return given;
        }
        return terminal.inIsTerminal() ? null : withScripts(List.of("-"), assignments, split, args);
    }

    private void checkCombination() throws StartException {
        if (traces.size() > 1) {
            throw new StartException("-r may be given once only");
        }
        if (!traces.isEmpty() && !interfaces.isEmpty()) {
            throw new StartException("-r and -i exclude each other");
        }
        if (traces.isEmpty() && interfaces.isEmpty() && (filter != null || writeFile != null)) {
            throw new StartException((filter != null ? "-f" : "-w") + " is about packets: give -r or -i too");
        }
        if (fanoutGroup != null && (interfaces.isEmpty() || fanoutGroup < 0 || fanoutGroup > 0xffff)) {
            throw new StartException("--fanout goes with -i and takes a number from 0 to 65535");
        }
        checkShards();
        if (hostArrival != null && hostResults == null) {
            throw new StartException(
                    "--host-arrival says when the lines of --host-results arrived, which is not given");
        }
        if (hostPort != null && hostResults != null) {
            throw new StartException("--hosts and --host-results exclude each other");
        }
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new StartException("--tls-cert and --tls-key go together");
        }
    }

    private void checkShards() throws StartException {
        if (shards < 1 || shards > MOST_SHARDS) {
            throw new StartException("--shards takes a number from 1 to " + MOST_SHARDS);
        }
        if (shards == 1) {
            return;
        }
        if (traces.isEmpty() && interfaces.isEmpty()) {
            throw new StartException("--shards is about packets: give -r or -i too");
        }
        if (fanoutGroup != null) {
            throw new StartException("--shards shares an interface by itself: leave --fanout away");
        }
        String node = System.getenv("CLUSTER_NODE");
        if (node != null && !node.isEmpty()) {
            throw new StartException("--shards makes nodes of its own, and this is node " + node
                    + " of a cluster (CLUSTER_NODE): use one of the two");
        }
    }

    private RunOptions withScripts(
            List<String> scripts, List<String> assignments, SplitArguments split, String[] args) {
        return new RunOptions(
                bare,
                parseOnly || check,
                check,
                ignoreChecksums,
                deterministic,
                traces.isEmpty() ? null : traces.getFirst(),
                interfaces,
                fanoutGroup,
                shards,
                cpus,
                filter,
                writeFile,
                code.isEmpty() ? null : String.join("\n", code),
                printedName,
                seedFile,
                savedSeeds,
                hostResults,
                hostArrival,
                hostPort,
                enrollSecrets,
                tlsCertificate,
                tlsKey,
                tlsClientAuthority,
                packs,
                statusFile,
                stateDirectory,
                archive == null ? null : new RunOptions.Archive(archive, archiveForm, archiveNode),
                diagnostics == null ? null : diagnostics == Messages.RICH,
                noJit ? "off" : System.getProperty("tandem.jit", ""),
                dumpClass,
                prefixes,
                scripts,
                assignments,
                split.forScript(),
                List.of(args));
    }

    /**
     * SIGTERM and SIGINT: the run ends in order, and the process with the run's status, not with the signal's. SIGHUP: what
     * scripts read from files is read again.
     */
    private static void stopOnSignal(Daemon daemon) {
        Thread hook = new Thread(
                () -> {
                    if (daemon.hasEnded()) {
                        return;
                    }
                    daemon.stop();
                    int status = daemon.awaitEnd(STOP_SECONDS) ? daemon.status() : Daemon.FAILED;
                    Runtime.getRuntime().halt(status);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        HangupSignal.take(daemon::readAgain);
    }
}
