package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.TableValue;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Host names looked up while the engine waits. Those that do not wait belong to {@code when} conditions. */
public final class NameLookupFunctions {
    private NameLookupFunctions() {}

    /** The addresses of a host; 0.0.0.0 alone when it has none. */
    @Bif(value = "blocking_lookup_hostname", type = "function(host: string): addr_set")
    public static TableValue blockingLookupHostname(Bytes host) {
        TableValue found = new TableValue(BifTypes.ADDR_SET);
        try {
            for (InetAddress a : InetAddress.getAllByName(host.utf8())) {
                byte[] b = a.getAddress();
                Bytes raw = Bytes.wrap(b);
                found.add(
                        b.length == 4
                                ? Addr.v4((int) AddressFunctions.bigEndian(raw, 0, 4))
                                : Addr.v6(
                                        AddressFunctions.bigEndian(raw, 0, 8), AddressFunctions.bigEndian(raw, 8, 16)));
            }
        } catch (UnknownHostException e) {
            found.add(Addr.V4_ZERO);
        }
        return found;
    }
}
