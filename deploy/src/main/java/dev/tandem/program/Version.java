package dev.tandem.program;

/** The version of the jar this class came in. */
public final class Version {
    /** Also outside a jar, {@code 0.0.0-unpackaged} then. */
    public static final String NUMBER = of(Version.class.getPackage().getImplementationVersion());

    private Version() {}

    /** What a report of a problem should say. */
    public static String build() {
        return "tandem version " + NUMBER + ", Java " + Runtime.version() + " (" + System.getProperty("java.vendor")
                + "), " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    /** Classes outside a jar bear no version. */
    private static String of(@org.jspecify.annotations.Nullable String jar) {
        return jar != null ? jar : "0.0.0-unpackaged";
    }
}
