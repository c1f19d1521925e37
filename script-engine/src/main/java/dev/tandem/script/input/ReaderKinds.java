package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Global;
import dev.tandem.script.bif.ScriptEnvironment;
import dev.tandem.script.check.Globals;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes readers by the names of {@code Input::Reader}. Engine thread. */
final class ReaderKinds {
    private final ScriptContext context;
    private final ScriptEnvironment environment;
    private final Path directory;

    ReaderKinds(ScriptContext context, ScriptEnvironment environment, Path directory) {
        this.context = context;
        this.environment = environment;
        this.directory = directory;
    }

    private ReaderOptions options(String module) {
        return new ReaderOptions(context, module);
    }

    /** Null when there is no such kind. A job that a kind cannot do makes a reader that says so. */
    @Nullable
    Reader make(String kind, ReaderJob job, ReaderFeed feed, FedStream stream) {
        return switch (kind) {
            case "Input::READER_ASCII" -> new AsciiReader(job, feed, options("InputAscii"), directory);
            case "Input::READER_RAW" -> raw(job, feed, stream);
            case "Input::READER_CONFIG" ->
                new ConfigReader(
                        job,
                        feed,
                        options("InputConfig"),
                        directory,
                        optionTypes(),
                        (option, type, value) -> optionChanged(stream, option, type, value));
            case "Input::READER_BINARY" -> binary(job, feed);
            case "Input::READER_SQLITE" -> new SqliteReader(job, feed, options("InputSQLite"), directory);
            default -> null;
        };
    }

    private Reader raw(ReaderJob job, ReaderFeed feed, FedStream stream) {
        String source = job.source();
        boolean isCommand = source.endsWith("|");
        int wanted = isCommand && job.config().containsKey("read_stderr") ? 2 : 1;
        List<Column> columns = job.columns();
        if (source.isEmpty()) {
            return new UnusableReader(feed, "No source path provided");
        }
        if (columns.size() != wanted) {
            return new UnusableReader(
                    feed,
                    "Filter for raw reader contains wrong number of fields -- got " + columns.size() + ", expected "
                            + wanted + ". Filters for the raw reader contain one string field when used in normal mode "
                            + "and one string and one bool fields when using execute mode with stderr capturing. "
                            + "Filter ignored.");
        }
        if (!columns.get(0).type().is(Tag.STRING)) {
            return new UnusableReader(feed, "First field for raw reader always has to be of type string.");
        }
        if (wanted == 2 && !columns.get(1).type().is(Tag.BOOL)) {
            return new UnusableReader(feed, "Second field for raw reader always has to be of type bool.");
        }
        if (!isCommand) {
            return new RawFileReader(job, feed, options("InputRaw"), directory);
        }
        return new CommandReader(
                job,
                feed,
                options("InputRaw"),
                environment.command(source.substring(0, source.length() - 1)),
                (status, isSignal) -> stream.raise(
                        "InputRaw::process_finished",
                        stream.description.nameValue(),
                        stream.description.sourceValue(),
                        status,
                        isSignal));
    }

    private Reader binary(ReaderJob job, ReaderFeed feed) {
        if (job.source().isEmpty()) {
            return new UnusableReader(feed, "No source path provided");
        }
        if (job.columns().size() != 1) {
            return new UnusableReader(
                    feed,
                    "Filter for binary reader contains more than one field. Filters for binary reader must contain "
                            + "exactly one string field. Filter ignored.");
        }
        if (!job.columns().get(0).type().is(Tag.STRING)) {
            return new UnusableReader(feed, "Filter for binary reader contains a non-string field.");
        }
        return new BinaryReader(job, feed, options("InputBinary"), directory);
    }

    private Map<String, Type> optionTypes() {
        Map<String, Type> types = new HashMap<>();
        for (Global global : context.service(Globals.class).all()) {
            if (global.kind() == Global.Kind.OPTION) {
                types.put(global.name(), global.type());
            }
        }
        return types;
    }

    private void optionChanged(FedStream stream, String option, Type type, Object raw) {
        StreamDescription description = stream.description;
        Row row = new Row(new Object[] {raw}, 0);
        try {
            String origin = "source 'thread " + description.sourceValue().utf8() + "/Input::READER_CONFIG'";
            Object value = new RowValues(row, description, origin, stream::warn).next(type);
            if (value != null) {
                stream.raise(
                        "InputConfig::new_value",
                        description.nameValue(),
                        description.sourceValue(),
                        Bytes.latin1(option),
                        AnyValue.wrap(type, value));
            }
        } catch (RowValues.BadRow e) {
            context.reporter().error("SendEvent for event InputConfig::new_value failed", null);
        }
    }
}
