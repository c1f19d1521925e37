package dev.tandem.script.check;

/**
 * The typing rules of expressions: each takes checked operands and gives the checked whole with conversions made explicit,
 * or reports why it cannot be (zeek {@code src/Expr.cc}). Wording is Zeek's where a user may know it.
 */
public final class Checker extends TypingRules {
    private final OperatorRules operators;
    private final AssignmentRules assignments;
    private final AccessRules access;
    private final CallRules calls;
    private final ConstructorRules constructors;

    public Checker(Diagnostics diagnostics) {
        super(diagnostics, new Coercer());
        operators = new OperatorRules(diagnostics, coercer);
        assignments = new AssignmentRules(diagnostics, coercer, operators);
        access = new AccessRules(diagnostics, coercer);
        calls = new CallRules(diagnostics, coercer);
        constructors = new ConstructorRules(diagnostics, coercer);
    }

    public OperatorRules operators() {
        return operators;
    }

    public AssignmentRules assignments() {
        return assignments;
    }

    public AccessRules access() {
        return access;
    }

    public CallRules calls() {
        return calls;
    }

    public ConstructorRules constructors() {
        return constructors;
    }
}
