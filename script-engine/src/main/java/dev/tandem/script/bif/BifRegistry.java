package dev.tandem.script.bif;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every built-in function by full name. To add one: an annotated public static method in one of the classes listed here. The
 * classes are looked through once, when the first name is asked for.
 */
public final class BifRegistry {
    private static final Class<?>[] FAMILIES = {
        AddressFunctions.class,
        AnalyzerFunctions.class,
        AnonymizeFunctions.class,
        AttributionBifs.class,
        BloomFilterFunctions.class,
        BrokerDataFunctions.class,
        BrokerFunctions.class,
        BrokerPeeringFunctions.class,
        CardinalityFunctions.class,
        CertificateNameFunctions.class,
        ClusterFunctions.class,
        CollectionFunctions.class,
        CommunityId.class,
        ConnectionFunctions.class,
        ConversionFunctions.class,
        DigestFunctions.class,
        EncodingFunctions.class,
        EngineFunctions.class,
        EntropyFunctions.class,
        EventGroupFunctions.class,
        EventMetadataFunctions.class,
        FileAnalysisFunctions.class,
        FileFunctions.class,
        FormatFunctions.class,
        GeoFunctions.class,
        GlobFunctions.class,
        HashFunctions.class,
        InputBifs.class,
        HostStateBifs.class,
        IntrospectionFunctions.class,
        JsonFunctions.class,
        LogBifs.class,
        MathFunctions.class,
        MimeFunctions.class,
        NameLookupFunctions.class,
        OldStringFunctions.class,
        OptionFunctions.class,
        OsqueryBifs.class,
        PacketFunctions.class,
        ProtocolFunctions.class,
        RandomFunctions.class,
        ReporterFunctions.class,
        SearchFunctions.class,
        SplitFunctions.class,
        CaptureFilterFunctions.class,
        StatisticsFunctions.class,
        StringFunctions.class,
        SystemFunctions.class,
        TcpFunctions.class,
        TelemetryFunctions.class,
        TimeFunctions.class,
        TopKFunctions.class,
    };

    private BifRegistry() {}

    /** Made on first use of a name, by the class loader's own locking. */
    private static final class Index {
        static final Map<String, BifDefinition> BY_NAME = build();

        private static Map<String, BifDefinition> build() {
            Map<String, BifDefinition> all = new TreeMap<>();
            for (Class<?> family : FAMILIES) {
                for (Method method : family.getDeclaredMethods()) {
                    Bif bif = method.getAnnotation(Bif.class);
                    if (bif != null) {
                        BifDefinition d = new BifDefinition(bif.value(), bif.type(), method, bif.pure());
                        if (all.put(d.name(), d) != null) {
                            throw new IllegalStateException("built-in function " + d.name() + " is defined twice");
                        }
                    }
                }
            }
            return Collections.unmodifiableMap(all);
        }
    }

    /** Null when there is no built-in function of that name. */
    public static @Nullable BifDefinition find(String fullName) {
        return Index.BY_NAME.get(fullName);
    }

    /** In order of name. */
    public static Collection<BifDefinition> all() {
        return Index.BY_NAME.values();
    }
}
