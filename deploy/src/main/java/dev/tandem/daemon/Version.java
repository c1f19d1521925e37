package dev.tandem.daemon;

/** The version of the jar this class came in. */
final class Version {
    static final String NUMBER = of(Version.class.getPackage().getImplementationVersion());

    private Version() {}

    /** Classes outside a jar bear no version. */
    private static String of(@org.jspecify.annotations.Nullable String jar) {
        return jar != null ? jar : "0.0.0-unpackaged";
    }
}
