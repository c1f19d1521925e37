package dev.tandem.core.engine;

import java.util.Arrays;

/** The UDP ports whose traffic is taken for a tunnel. Engine thread. */
public final class TunnelPorts {
    public static final int NONE = 0;
    public static final int VXLAN = 1;
    public static final int GENEVE = 2;
    public static final int TEREDO = 3;
    public static final int AYIYA = 4;
    public static final int GTP = 5;
    public static final int GRE = 6;

    private final byte[] kinds = new byte[65536];

    /** Zeek's defaults. */
    public TunnelPorts() {
        set(VXLAN, 4789);
        set(GENEVE, 6081);
        set(TEREDO, 3544);
        set(AYIYA, 5072);
        set(GTP, 2152, 2123);
        set(GRE, 4754);
    }

    /** These and no others are the ports of that kind. */
    public void set(int kind, int... ports) {
        for (int port = 0; port < kinds.length; port++) {
            if (kinds[port] == kind) {
                kinds[port] = NONE;
            }
        }
        Arrays.stream(ports).forEach(port -> kinds[port] = (byte) kind);
    }

    /** {@link #NONE} or the kind of tunnel on a port. */
    public int of(int port) {
        return kinds[port];
    }
}
