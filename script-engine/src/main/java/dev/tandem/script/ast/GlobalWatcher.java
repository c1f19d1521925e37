package dev.tandem.script.ast;

/** Is told when a global variable is assigned. */
public interface GlobalWatcher {
    void assigned(Global global);
}
