package dev.tandem.hostprotocol.server;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that new connections are served with: those in the files, which are read again when one of them has changed, so
 * that a renewed certificate or another authority of the hosts needs no restart. Connections that there are keep theirs. Any thread.
 */
public final class RenewedTls {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedTls.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TlsSettings settings;
    private final LongSupplier clock;
    private volatile SslContext context;
    private volatile long looked;
    private List<String> stamps;

    /** @throws IOException when the files are not usable; the message says which */
    public RenewedTls(TlsSettings settings) throws IOException {
        this(settings, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    RenewedTls(TlsSettings settings, LongSupplier clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        stamps = stamps();
        context = settings.context();
        looked = clock.getAsLong();
    }

    SslContext current() {
        if (clock.getAsLong() - looked >= LOOK_NANOS) {
            look();
        }
        return context;
    }

    private synchronized void look() {
        looked = clock.getAsLong();
        List<String> now = stamps();
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            context = settings.context();
            LOG.info("{} has changed: new connections are served with it", settings.certificate());
        } catch (IOException e) {
            // One of two files is there, perhaps: the other changes the stamps again.
            LOG.warn("changed certificates are not used yet: {}", e.getMessage());
        }
    }

    private List<String> stamps() {
        List<String> all = new ArrayList<>();
        for (Path file : settings.files()) {
            try {
                all.add(Files.getLastModifiedTime(file) + " " + Files.size(file));
            } catch (IOException e) {
                all.add("missing");
            }
        }
        return all;
    }
}
