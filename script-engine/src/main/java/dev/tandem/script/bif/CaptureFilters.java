package dev.tandem.script.bif;

import java.io.IOException;

/** The capture filters that scripts compile and choose. An engine that reads packets offers it as a service. Engine thread. */
public interface CaptureFilters {
    /**
     * Compiles an expression of pcap-filter(7) under a number.
     *
     * @throws IOException when it is wrong; with the reason
     */
    void compile(long id, String expression) throws IOException;

    /**
     * From the next packet on, only what that filter accepts is analysed.
     *
     * @return false when nothing was compiled under the number
     */
    boolean install(long id);
}
