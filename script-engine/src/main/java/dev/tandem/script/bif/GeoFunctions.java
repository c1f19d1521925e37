package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;

/** Where addresses are. There is no data base of that here, so that nothing is known: as in a Zeek without one. */
public final class GeoFunctions {
    private GeoFunctions() {}

    @Bif(value = "lookup_location", type = "function(a: addr): geo_location")
    public static RecordValue lookupLocation(ScriptContext ctx, Addr a) {
        return Declared.record(ctx, "geo_location");
    }

    @Bif(value = "lookup_autonomous_system", type = "function(a: addr): geo_autonomous_system")
    public static RecordValue lookupAutonomousSystem(ScriptContext ctx, Addr a) {
        return Declared.record(ctx, "geo_autonomous_system");
    }

    @Bif(value = "mmdb_open_location_db", type = "function(f: string): bool")
    public static boolean openLocationDb(Bytes f) {
        return false;
    }

    @Bif(value = "mmdb_open_asn_db", type = "function(f: string): bool")
    public static boolean openAsnDb(Bytes f) {
        return false;
    }
}
