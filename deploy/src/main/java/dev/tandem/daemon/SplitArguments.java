package dev.tandem.daemon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line parted at {@code --}: behind it stands a script, and what is that script's own. A script that begins with
 * {@code #!/path/to/tandem -b --} is started with all between the path and itself as one argument, which is taken apart here
 * (zeek {@code src/Options.cc}).
 *
 * @param own Tandem's
 * @param script behind {@code --}; null for none
 * @param forScript behind that
 */
record SplitArguments(List<String> own, @Nullable String script, List<String> forScript) {
    private static final String MARK = "--";

    static SplitArguments of(String[] args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.isEmpty() && all.getFirst().endsWith(" " + MARK)) {
            all.addAll(0, List.of(all.removeFirst().strip().split("\\s+")));
        }
        int mark = all.indexOf(MARK);
        if (mark < 0 || mark == all.size() - 1) {
            return new SplitArguments(mark < 0 ? all : all.subList(0, mark), null, List.of());
        }
        return new SplitArguments(all.subList(0, mark), all.get(mark + 1), all.subList(mark + 2, all.size()));
    }
}
