package dev.tandem.daemon;

import dev.tandem.script.ScriptEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the scripts and settings that a command line names into an engine, or into several at once. Any thread. */
final class ScriptLoading {
    private final RunOptions options;
    private final Terminal terminal;
    private @Nullable String typed;

    ScriptLoading(RunOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** False when scripts have errors or cannot be read, which has been told. */
    boolean load(ScriptEngine scripts, ShardNode node) {
        // What the process was started with is no sign of shards.
        scripts.environment("TANDEM_SHARDS", node.isAlone() ? "" : Integer.toString(node.workers()));
        if (!node.isAlone()) {
            scripts.environment("CLUSTER_NODE", node.name());
        }
        options.prefixes().forEach(scripts::prefix);
        if (options.bare()) {
            scripts.loadBare();
        } else {
            scripts.loadDefault();
        }
        if (!node.isAlone()) {
            scripts.load("base/frameworks/cluster");
        }
        if (options.hostResults() != null || options.hostPort() != null) {
            scripts.load("osquery");
        }
        if (options.lint()) {
            scripts.lint();
        }
        if (!loadNamed(scripts)) {
            return false;
        }
        if (!node.isAlone()) {
            scripts.load("base/frameworks/cluster/shard-logs");
        }
        set(scripts);
        scripts.finishLoading();
        scripts.arguments(options.scriptArguments());
        return !scripts.hasErrors();
    }

    private boolean loadNamed(ScriptEngine scripts) {
        for (String script : options.scripts()) {
            if (script.equals("-")) {
                try {
                    scripts.code(typed());
                } catch (IOException e) {
                    terminal.complain("standard input: " + Daemon.reason(e));
                    return false;
                }
            } else {
                scripts.load(script);
            }
        }
        return true;
    }

    private void set(ScriptEngine scripts) {
        for (String assignment : options.assignments()) {
            scripts.option(assignment);
        }
        if (options.ignoreChecksums()) {
            scripts.option("ignore_checksums=T");
        }
        String filter = options.filter();
        if (filter != null) {
            scripts.option("cmd_line_bpf_filter=" + filter);
        }
        String code = options.code();
        if (code != null) {
            scripts.code(code + "\n;\n");
        }
    }

    /** Standard input, which can be read once only. */
    private synchronized String typed() throws IOException {
        String text = typed;
        if (text == null) {
            text = new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
            typed = text;
        }
        return text;
    }
}
