package dev.tandem.cut;

import dev.tandem.program.TimeFormat;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tandem-cut}: prints columns of logs, with zeek-cut's options; reads archives as they are, too. */
@Command(
        name = "tandem-cut",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Prints columns of logs that have headers, from standard input or files, which may be compressed.",
            ""
        })
public final class CutCommand {
    /** That of zeek-cut. */
    private static final String DEFAULT_TIMES = "%Y-%m-%dT%H:%M:%S%z";

    private static final int BUFFER = 64 * 1024;

    @Option(names = "-c", description = "print the header lines too")
    private boolean headers;

    @Option(names = "-C", description = "print the header lines of the first log only")
    private boolean firstHeaders;

    @Option(names = "-m", description = "print the columns' names before their values")
    private boolean names;

    @Option(names = "-M", description = "the same, once")
    private boolean firstNames;

    @Option(names = "-d", description = "times in a readable form")
    private boolean readable;

    @Option(names = "-D", paramLabel = "FORMAT", description = "times in a form of strftime(3)")
    private @Nullable String format;

    @Option(names = "-u", description = "times in a readable form, in UTC")
    private boolean utc;

    @Option(names = "-U", paramLabel = "FORMAT", description = "times in a form of strftime(3), in UTC")
    private @Nullable String utcFormat;

    @Option(names = "-F", paramLabel = "SEPARATOR", description = "what to put between columns")
    private @Nullable String separator;

    @Option(names = "-n", description = "print all columns but those named")
    private boolean excludes;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "read this file; may be given several times")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and exit")
    private boolean help;

    @Parameters(
            paramLabel = "COLUMN",
            arity = "0..*",
            description = "names of columns; all when none is named." + " A name that is a file's is read as a log")
    private List<String> words = new ArrayList<>();

    private CutCommand() {}

    /** Ends the process with 0, or 1 when something could not be read. */
    public static void main(String[] args) {
        CutCommand command = new CutCommand();
        CommandLine line = new CommandLine(command).setExpandAtFiles(false);
        try {
            line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            System.err.println("tandem-cut: " + e.getMessage());
            System.exit(1);
        }
        if (command.help) {
            line.usage(System.out);
            System.exit(0);
        }
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.out), BUFFER),
                false,
                StandardCharsets.ISO_8859_1);
        boolean ok = command.cut(System.in, out, System.err);
        out.flush();
        System.exit(ok ? 0 : 1);
    }

    /** As on the command line; for tests. */
    static boolean run(InputStream in, PrintStream out, PrintStream err, String... args) {
        CutCommand command = new CutCommand();
        new CommandLine(command).setExpandAtFiles(false).parseArgs(args);
        return command.cut(in, out, err);
    }

    private boolean cut(InputStream in, PrintStream out, PrintStream err) {
        List<String> columns = new ArrayList<>();
        List<Path> logs = new ArrayList<>(files);
        for (String word : words) {
            boolean isFile = word.indexOf('/') >= 0 || word.contains(".log");
            if (isFile && Files.isRegularFile(Path.of(word))) {
                logs.add(Path.of(word));
            } else {
                columns.add(word);
            }
        }
        ColumnCutter cutter = new ColumnCutter(choice(columns), out);
        boolean ok = true;
        if (logs.isEmpty()) {
            ok = cut(cutter, "standard input", in, err);
        }
        for (Path log : logs) {
            try (InputStream file = new FileInputStream(log.toFile())) {
                ok &= cut(cutter, log.toString(), file, err);
            } catch (IOException e) {
                err.println("tandem-cut: " + e.getMessage());
                ok = false;
            }
            if (out.checkError()) {
                return false; // whoever reads has gone
            }
        }
        return ok;
    }

    private static boolean cut(ColumnCutter cutter, String name, InputStream in, PrintStream err) {
        try {
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(LogInput.decompressed(in), StandardCharsets.ISO_8859_1), BUFFER);
            if (cutter.cut(reader)) {
                return true;
            }
            err.println("tandem-cut: " + name + ": no header names the columns; is it a log in JSON?");
        } catch (java.io.EOFException e) {
            err.println("tandem-cut: " + name + ": ends in the middle; printed what is there");
        } catch (IOException e) {
            err.println("tandem-cut: " + name + ": " + e.getMessage());
        }
        return false;
    }

    private ColumnCutter.Choice choice(List<String> columns) {
        HeaderMode mode =
                headers || names ? HeaderMode.ALL : firstHeaders || firstNames ? HeaderMode.FIRST : HeaderMode.NONE;
        boolean isUtc = utc || utcFormat != null;
        String wanted = utcFormat != null ? utcFormat : format;
        if (wanted == null && (readable || utc)) {
            String named = System.getenv("ZEEK_CUT_TIMEFMT");
            wanted = named == null ? DEFAULT_TIMES : named;
        }
        TimeFormat times =
                wanted == null ? null : new TimeFormat(wanted, isUtc ? ZoneOffset.UTC : ZoneId.systemDefault());
        return new ColumnCutter.Choice(columns, excludes, mode, names || firstNames, times, separator);
    }
}
