package dev.tandem.daemon;

import dev.tandem.script.source.LoadPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where scripts are found: the directories of ZEEKPATH (or of its older name BROPATH), else the working directory; then the
 * scripts that come with Tandem, with their folders {@code policy} and {@code site}. Unlike in Zeek, ZEEKPATH need not name
 * those.
 */
final class ScriptPath {
    private static final String SHIPPED = "tandem.scripts";

    private ScriptPath() {}

    /** @throws StartException when the shipped scripts are not there */
    static LoadPath ofProcess() throws StartException {
        String own = System.getenv("ZEEKPATH");
        return of(own != null ? own : System.getenv("BROPATH"), System.getProperty(SHIPPED));
    }

    static LoadPath of(@Nullable String environment, @Nullable String shipped) throws StartException {
        if (shipped == null) {
            throw new StartException(
                    "the system property " + SHIPPED + " does not say where the scripts are; start bin/tandem");
        }
        Path scripts = Path.of(shipped);
        if (!Files.isDirectory(scripts)) {
            throw new StartException("no scripts at " + shipped);
        }
        List<Path> path = new ArrayList<>(
                environment == null || environment.isEmpty() ? List.of(Path.of(".")) : LoadPath.split(environment));
        path.add(scripts);
        path.add(scripts.resolve("policy"));
        path.add(scripts.resolve("site"));
        return new LoadPath(path);
    }
}
