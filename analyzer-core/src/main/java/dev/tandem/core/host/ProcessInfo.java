package dev.tandem.core.host;

/**
 * What a process number was for a while: one program run by one user.
 *
 * @param path of its program; empty when not known
 * @param uid -1 when not known
 * @param auid who logged in to begin with; 4294967295 for nobody, -1 when not known
 * @param parent the process that started it; -1 when not known
 * @param since the host's clock, seconds since 1970
 * @param until the host's clock when it was found gone; infinity while it is not
 */
public record ProcessInfo(
        int pid, String path, String cmdline, long uid, long auid, int parent, double since, double until) {
    /** The login user of what no login has started. */
    public static final long NOBODY = 4294967295L;

    ProcessInfo ended(double at) {
        return new ProcessInfo(pid, path, cmdline, uid, auid, parent, since, at);
    }

    ProcessInfo withCmdline(String better) {
        return new ProcessInfo(pid, path, better, uid, auid, parent, since, until);
    }

    /** Whether it may have had that login user: it is set once (audit's loginuid), and children have it from their parents. */
    boolean mayHaveLogin(long other) {
        return other == -1 || auid == -1 || auid == NOBODY || auid == other;
    }

    /** Whether the other tells of the same program and user. */
    boolean isLike(ProcessInfo other) {
        return path.equals(other.path)
                && uid == other.uid
                && (auid == -1 || other.auid == -1 || auid == other.auid)
                && (cmdline.equals(other.cmdline) || cmdline.isEmpty());
    }
}
