package dev.tandem.daemon;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param bare load only what every script needs
 * @param parseOnly read the scripts and stop
 * @param lint with that, warn of what is of no use
 * @param ignoreChecksums take packets with wrong checksums
 * @param deterministic the same random numbers and ids in every run
 * @param trace trace file to read, {@code -} is standard input; null for none
 * @param interfaces to capture from; empty for none
 * @param fanoutGroup number of the group of processes that share the interfaces' traffic; null to take all of it
 * @param shards how many engines share the packets; 1 for one that does all
 * @param cpus processors that the engines' threads are tied to, in turn; empty for any
 * @param filter which packets to take, in tcpdump's language; null for all
 * @param writeFile trace file to write the packets to; null for none
 * @param code script text run after all scripts; null for none
 * @param printedName global name to print and stop; null for none
 * @param seedFile seeds of random numbers and ids; null for unpredictable ones
 * @param savedSeeds file to write the seeds to; null for none
 * @param hostResults recorded result lines of hosts; null for none
 * @param hostArrival when those arrived; null when their own times say it
 * @param hostPort where to listen for hosts, ADDRESS:PORT; null when scripts may say
 * @param enrollSecrets file with secrets to enrol with; null when scripts may say
 * @param tlsCertificate of the port; null when scripts may say
 * @param tlsKey of the certificate; null when scripts may say
 * @param tlsClientAuthority authorities that sign the hosts' certificates; null when scripts may say
 * @param packs files with queries for hosts, besides those that scripts say
 * @param statusFile says how far the run is, in Zeek's words; null for none
 * @param stateDirectory has the control socket and the pid file while it runs, and what outlives it of hosts; null for none
 * @param archive where rotated logs go; null leaves them where they are
 * @param richMessages show the script's line with a message; null when the terminal decides
 * @param jit whether and when scripts are compiled: off, or empty for when it pays; bodies and loops are for tests
 * @param dumpClass the function, event or hook whose compiled classes are written to the current directory, null for none
 * @param prefixes of more scripts to load with each
 * @param scripts files or names to load; {@code -} is standard input
 * @param assignments {@code name=value} for script options
 * @param scriptArguments what scripts find in {@code zeek_script_args}
 * @param arguments the whole command line
 */
record RunOptions(
        boolean bare,
        boolean parseOnly,
        boolean lint,
        boolean ignoreChecksums,
        boolean deterministic,
        @Nullable String trace,
        List<String> interfaces,
        @Nullable Integer fanoutGroup,
        int shards,
        List<Integer> cpus,
        @Nullable String filter,
        @Nullable Path writeFile,
        @Nullable String code,
        @Nullable String printedName,
        @Nullable Path seedFile,
        @Nullable Path savedSeeds,
        @Nullable Path hostResults,
        @Nullable Path hostArrival,
        @Nullable String hostPort,
        @Nullable Path enrollSecrets,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        @Nullable Path tlsClientAuthority,
        List<Path> packs,
        @Nullable Path statusFile,
        @Nullable Path stateDirectory,
        @Nullable Archive archive,
        @Nullable Boolean richMessages,
        String jit,
        @Nullable String dumpClass,
        List<String> prefixes,
        List<String> scripts,
        List<String> assignments,
        List<String> scriptArguments,
        List<String> arguments) {
    /**
     * Where rotated logs go.
     *
     * @param form how they are compressed, gz, zst or none at all
     * @param node added to their names; empty for nothing
     */
    record Archive(Path directory, String form, String node) {}

    RunOptions {
        interfaces = List.copyOf(interfaces);
        cpus = List.copyOf(cpus);
        packs = List.copyOf(packs);
        prefixes = List.copyOf(prefixes);
        scripts = List.copyOf(scripts);
        assignments = List.copyOf(assignments);
        scriptArguments = List.copyOf(scriptArguments);
        arguments = List.copyOf(arguments);
    }

    /** Whether nothing at all says what to do: Zeek then reads a script from standard input. */
    boolean saysNothing() {
        return scripts.isEmpty()
                && assignments.isEmpty()
                && trace == null
                && interfaces.isEmpty()
                && code == null
                && printedName == null
                && hostResults == null
                && hostPort == null;
    }

    /** Whether time comes from recorded data rather than from the clock. */
    boolean isReplay() {
        return trace != null || hostResults != null && interfaces.isEmpty();
    }
}
