package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import java.time.Instant;

/** Clocks and calendar. Times and intervals are seconds. */
public final class TimeFunctions {
    private TimeFunctions() {}

    @Bif(value = "current_time", type = "function(): time")
    public static double currentTime() {
        Instant now = Instant.now();
        int micros = now.getNano() / 1000;
        return now.getEpochSecond() + micros / 1e6;
    }

    @Bif(value = "network_time", type = "function(): time")
    public static double networkTime(ScriptContext ctx) {
        return ctx.networkTime();
    }

    @Bif(value = "strftime", type = "function(fmt: string, d: time): string")
    public static Bytes strftime(Bytes fmt, double d) {
        // Zeek's buffer has 128 bytes, and an empty result counts as one that did not fit.
        String text = TimeText.format(fmt.latin1(), TimeText.local((long) d));
        return text.isEmpty() || text.length() > 127 ? Bytes.of("<strftime error>") : Bytes.latin1(text);
    }

    @Bif(value = "strptime", type = "function(fmt: string, d: string): time")
    public static double strptime(ScriptContext ctx, Bytes fmt, Bytes d) {
        Long seconds = TimeParser.parse(fmt.latin1(), d.latin1());
        if (seconds == null) {
            ctx.reporter().warning("strptime conversion failed: fmt:" + fmt.utf8() + " d:" + d.utf8(), null);
            return 0;
        }
        return seconds;
    }

    @Bif(value = "sleep", type = "function(i: interval): interval")
    public static double sleep(double i) {
        long start = System.nanoTime();
        try {
            Thread.sleep((long) (Math.max(0, i) * 1000), (int) (Math.max(0, i) * 1e9 % 1e6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptError("sleep() was interrupted");
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
