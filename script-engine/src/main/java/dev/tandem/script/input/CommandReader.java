package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The records that a command writes ({@code "command |"}; zeek {@code src/input/readers/raw/Raw.cc}). Each comes as soon as
 * it is complete. When the command has ended, so has the source.
 *
 * <p>Output and errors are read by a thread each. What a command writes to its errors comes behind its output when it is a
 * short one.
 */
final class CommandReader implements Reader {
    private static final long GRACE_MILLIS = 1000;
    /** Java gives a signal as a status above this. */
    private static final int SIGNALLED = 128;

    private static final int LAST_SIGNAL = 64;

    private final ReaderJob job;
    private final ReaderFeed feed;
    private final ProcessBuilder command;
    private final Bytes separator;
    private final boolean readsErrors;
    private final Ended ended;
    private volatile @Nullable Process process;
    private volatile boolean isStopped;

    /** What to do when the command has ended. */
    interface Ended {
        /**
         * @param status its exit status, or the number of the signal that ended it
         */
        void ended(long status, boolean isSignal);
    }

    /** @param command runs it; only its streams are still to be set */
    CommandReader(ReaderJob job, ReaderFeed feed, ReaderOptions options, ProcessBuilder command, Ended ended) {
        this.job = job;
        this.feed = feed;
        this.command = command;
        this.ended = ended;
        separator = Bytes.latin1(options.text("record_separator", "\n"));
        readsErrors = job.config().containsKey("read_stderr");
    }

    @Override
    public boolean open() {
        if (job.mode() == ReadMode.REREAD) {
            feed.error("Rereading only supported for files, not for executables.");
            return false;
        }
        if (job.config().containsKey("offset")) {
            feed.error("Offset only is supported for MODE_STREAM and MODE_MANUAL; it is also not supported when "
                    + "executing a command");
            return false;
        }
        return execute();
    }

    @Override
    public boolean update() {
        return job.mode() == ReadMode.STREAM ? process != null : execute();
    }

    /** Runs the command to its end. */
    private boolean execute() {
        Process running;
        try {
            running = command.redirectError(
                            readsErrors ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            feed.error("Could not spawn child process: " + e.getMessage());
            return false;
        }
        process = running;
        try {
            if (isStopped) {
                kill(running);
            }
            pump(running);
            int status = running.waitFor();
            if (isStopped) {
                return true;
            }
            process = null;
            finish(status);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReaderFeed.Stopped();
        }
    }

    private void pump(Process running) throws InterruptedException {
        feedInput(running.getOutputStream());
        CountDownLatch outputEnded = new CountDownLatch(1);
        Thread output = start(() -> {
            copy(running.getInputStream(), false, outputEnded);
            outputEnded.countDown();
        });
        Thread errors = readsErrors ? start(() -> copy(running.getErrorStream(), true, outputEnded)) : null;
        running.waitFor();
        // A process that outlives the command may keep the streams open.
        output.join(GRACE_MILLIS);
        outputEnded.countDown();
        if (errors != null) {
            errors.join(GRACE_MILLIS);
        }
    }

    private Thread start(Runnable work) {
        return Thread.ofVirtual().name("input " + job.name()).start(() -> {
            try {
                work.run();
            } catch (ReaderFeed.Stopped e) {
                // nobody wants the rest
            }
        });
    }

    private void feedInput(OutputStream to) {
        String text = job.text("stdin", "");
        if (text.isEmpty()) {
            closeQuietly(to);
            return;
        }
        start(() -> {
            try (to) {
                to.write(text.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // a command need not read all it is given
            }
        });
    }

    private void copy(InputStream from, boolean isErrors, CountDownLatch outputEnded) {
        RecordSplitter splitter = new RecordSplitter(separator);
        Turn turn = new Turn(isErrors, outputEnded);
        try {
            splitter.read(from, r -> deliver(r, turn));
        } catch (IOException e) {
            // the stream was closed: this is its end
        }
        splitter.finish(r -> deliver(r, turn));
    }

    /** Holds back the first of the errors for a moment. */
    private static final class Turn {
        final boolean isErrors;
        final CountDownLatch outputEnded;
        boolean hasCome;

        Turn(boolean isErrors, CountDownLatch outputEnded) {
            this.isErrors = isErrors;
            this.outputEnded = outputEnded;
            hasCome = !isErrors;
        }

        void await() {
            if (!hasCome) {
                hasCome = true;
                try {
                    boolean unused = outputEnded.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ReaderFeed.Stopped();
                }
            }
        }
    }

    private void deliver(Bytes record, Turn turn) {
        turn.await();
        if (isStopped) {
            return;
        }
        if (readsErrors) {
            feed.put(record, turn.isErrors);
        } else {
            feed.put(record);
        }
    }

    private void finish(int status) {
        boolean isSignal = status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL;
        int code = isSignal ? status - SIGNALLED : status;
        if (isSignal) {
            feed.error("Child process exited due to signal " + code);
        } else if (code != 0) {
            feed.error("Child process exited with non-zero return code " + code);
        }
        feed.end();
        feed.then(() -> ended.ended(code, isSignal));
    }

    @Override
    public void stop() {
        isStopped = true;
        Process running = process;
        if (running != null) {
            kill(running);
        }
    }

    private void kill(Process running) {
        boolean isForced = job.config().containsKey("force_kill");
        running.descendants().forEach(p -> end(p, isForced));
        end(running.toHandle(), isForced);
    }

    private static void end(ProcessHandle process, boolean isForced) {
        if (isForced) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // there was nothing to be written
        }
    }
}
