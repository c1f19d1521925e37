package dev.tandem.script.bif;

import dev.tandem.core.connection.StreamRecorder;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.ScriptError;

/** A script's file as the recording of one side of a connection. */
record ContentsFile(FileValue file) implements StreamRecorder {
    @Override
    public boolean write(byte[] data, int from, int bytes) {
        try {
            file.write(Bytes.copyOf(data, from, from + bytes));
            return true;
        } catch (ScriptError e) {
            return false;
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
