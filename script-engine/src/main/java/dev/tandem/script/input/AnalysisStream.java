package dev.tandem.script.input;

import dev.tandem.core.file.FileTable;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.Types;
import java.util.List;

/** A stream whose bytes are analyzed as a file, as if they had come over the network. */
final class AnalysisStream extends FedStream {
    /** What its reader gives: pieces of the file. */
    static final List<Column> COLUMNS = List.of(new Column("bytestream", null, Types.STRING, false));

    private final FileTable files;
    private String fileId = "";
    private boolean isUnwanted;

    AnalysisStream(ScriptContext context, StreamDescription description) {
        super(context, description);
        files = context.service(FileTable.class);
    }

    @Override
    void put(Row row) {
        if (!isUnwanted && row.values()[0] instanceof Bytes b) {
            fileId = files.data(description.nameValue(), b.array(), 0, b.length(), fileId);
            isUnwanted = fileId.isEmpty();
        }
    }

    @Override
    void entry(Row row) {
        put(row);
    }

    @Override
    void finishReading() {
        files.end(fileId);
        fileId = "";
        isUnwanted = false;
    }

    @Override
    void removed() {
        finishReading();
    }
}
