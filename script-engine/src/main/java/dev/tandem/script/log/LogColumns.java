package dev.tandem.script.log;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogField.Container;
import dev.tandem.core.log.LogType;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a filter: every {@code &log} field of the row's type, depth first, nested records flattened (zeek {@code
 * src/logging/Manager.cc}, TraverseRecord). Columns of {@code ext_func} come first; include and exclude do not touch them.
 */
final class LogColumns {
    /** How a filter wants its columns named and chosen. */
    record Choice(
            @Nullable TableValue include,
            @Nullable TableValue exclude,
            @Nullable TableValue newNames,
            String scopeSeparator,
            String extensionPrefix) {}

    private final Choice choice;
    private final List<LogColumn> columns = new ArrayList<>();

    private LogColumns(Choice choice) {
        this.choice = choice;
    }

    /** Null when a field's type cannot be logged. */
    static @Nullable List<LogColumn> of(RecordType row, @Nullable RecordType extension, Choice choice) {
        LogColumns all = new LogColumns(choice);
        boolean fine = extension == null || all.add(extension, choice.extensionPrefix(), List.of(), true);
        return fine && all.add(row, "", List.of(), false) ? List.copyOf(all.columns) : null;
    }

    private boolean add(RecordType type, String prefix, List<LogColumn.Step> path, boolean isExtension) {
        for (int slot = 0; slot < type.size(); slot++) {
            RecordField f = type.field(slot);
            if (!f.isLogged()) {
                continue;
            }
            List<LogColumn.Step> here = new ArrayList<>(path);
            here.add(new LogColumn.Step(slot, f.attributes().get(Attr.DEFAULT)));
            String name = prefix + f.name();
            if (f.type() instanceof RecordType nested) {
                if (!add(nested, name + choice.scopeSeparator(), here, isExtension)) {
                    return false;
                }
                continue;
            }
            Container container = container(f.type());
            LogType element = elementType(f.type());
            if (element == null) {
                return false;
            }
            if (isExtension || isChosen(name)) {
                LogField field = new LogField(newName(name), element, container, f.isOptional());
                columns.add(new LogColumn(field, List.copyOf(here), isExtension));
            }
        }
        return true;
    }

    private boolean isChosen(String name) {
        Bytes key = Bytes.of(name);
        TableValue include = choice.include();
        TableValue exclude = choice.exclude();
        return (include == null || include.contains(key)) && (exclude == null || !exclude.contains(key));
    }

    private String newName(String name) {
        TableValue names = choice.newNames();
        return names != null && names.get(Bytes.of(name)) instanceof Bytes b ? b.utf8() : name;
    }

    private static Container container(Type type) {
        return type.isSet() ? Container.SET : type.is(Tag.VECTOR) ? Container.VECTOR : Container.SINGLE;
    }

    /** Whether a field of this type may be a column, or hold columns. */
    static boolean canLog(Type type) {
        return type.is(Tag.RECORD) || elementType(type) != null;
    }

    private static @Nullable LogType elementType(Type type) {
        if (type instanceof TableType t) {
            return t.isSet() && t.index().size() == 1 ? singleType(t.index().get(0)) : null;
        }
        return type instanceof VectorType v ? singleType(v.element()) : singleType(type);
    }

    private static @Nullable LogType singleType(Type type) {
        return switch (type.tag()) {
            case BOOL -> LogType.BOOL;
            case INT -> LogType.INT;
            case COUNT -> LogType.COUNT;
            case DOUBLE -> LogType.DOUBLE;
            case TIME -> LogType.TIME;
            case INTERVAL -> LogType.INTERVAL;
            case STRING -> LogType.STRING;
            case ENUM -> LogType.ENUM;
            case PORT -> LogType.PORT;
            case ADDR -> LogType.ADDR;
            case SUBNET -> LogType.SUBNET;
            case FILE -> LogType.FILE;
            case FUNC -> LogType.FUNC;
            default -> null;
        };
    }
}
