package dev.tandem.daemon;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of Zeek's command line (zeek {@code src/Options.cc}) that Tandem understands but does not have. Either it says why
 * not and the run does not begin, or the option asks for nothing that Tandem does not do anyway.
 */
final class ForeignOptions {
    /**
     * One option.
     *
     * @param names the short one first
     * @param arity how many values it takes, in picocli's words
     * @param refusal completes "tandem: NAME: "; empty when the option is accepted and does nothing
     */
    private record Foreign(List<String> names, String arity, String refusal) {}

    private static final List<Foreign> ALL = List.of(
            refused("-c", "--capture-unprocessed", "1", "packets that nothing processes cannot be kept; -w keeps all"),
            refused("-d", "--debug-script", "0", "there is no script debugger"),
            refused("-s", "--rulefile", "1", "there are no signatures yet"),
            refused("-t", "--tracefile", "1", "execution cannot be traced"),
            refused("-u", "--usage-issues", "0", "there is no analysis of variables' use yet; -a checks the scripts"),
            refused("-E", "--event-trace", "1", "events cannot be recorded as a script"),
            refused("-F", "--force-dns", "0", "there is no DNS cache"),
            refused("-P", "--prime-dns", "0", "there is no DNS cache"),
            refused("-Q", "--time", "0", "there is no such summary; try time(1)"),
            refused("-S", "--debug-rules", "0", "there are no signatures yet"),
            refused("-T", "--re-level", "1", "there are no signatures yet"),
            refused("-X", "--zeekygen", "1", "there is no documentation generator"),
            refused("-j", "--jobs", "0..1", "there is no supervisor; processes are started one by one"),
            new Foreign(List.of("--profile-scripts"), "0..1", "scripts cannot be profiled"),
            new Foreign(List.of("--profile-script-call-stacks"), "0", "scripts cannot be profiled"),
            new Foreign(List.of("--pseudo-realtime"), "0..1", "a trace is read as fast as it can be"),
            new Foreign(List.of("--test"), "0", "tests are run by mvn verify"),
            // What is compiled, and when, is decided without being asked.
            accepted("1", "-O", "--optimize"),
            accepted("1", "-o", "--optimize-funcs"),
            accepted("1", "-0", "--optimize-files"),
            accepted("1", "--no-optimize-funcs"),
            accepted("1", "--no-optimize-files"),
            // What they switch off or on is in Zeek's own code.
            accepted("1", "-B", "--debug"),
            accepted("0", "-W", "--watchdog"),
            accepted("0", "--no-unused-warnings"));

    private ForeignOptions() {}

    private static Foreign refused(String shortName, String longName, String arity, String why) {
        return new Foreign(List.of(shortName, longName), arity, why);
    }

    private static Foreign accepted(String arity, String... names) {
        return new Foreign(List.of(names), arity, "");
    }

    /** Makes a command understand them. */
    static void addTo(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        for (Foreign option : ALL) {
            spec.addOption(OptionSpec.builder(option.names.toArray(String[]::new))
                    .arity(option.arity)
                    .type(option.arity.equals("0") ? boolean.class : String.class)
                    .hidden(true)
                    .build());
        }
    }

    /** @throws StartException when one that is refused was given */
    static void check(CommandLine.ParseResult given) throws StartException {
        for (Foreign option : ALL) {
            String name = option.names.getFirst();
            if (!option.refusal.isEmpty() && given.hasMatchedOption(name)) {
                throw new StartException(String.join(", ", option.names) + ": " + option.refusal);
            }
        }
    }
}
