package dev.tandem.script.lex;

/** Kinds of tokens. Keywords and operators each have their own. */
public enum TokenKind {
    END("end of input"),
    IDENT("identifier"),
    CONST("constant"),
    PATTERN("pattern"),
    ATTRIBUTE("attribute"),
    DIRECTIVE("directive"),
    // keywords
    ADD("add"),
    ADDR("addr"),
    ANY("any"),
    AS("as"),
    ASSERT("assert"),
    BOOL("bool"),
    BREAK("break"),
    CASE("case"),
    CONST_KW("const"),
    COPY("copy"),
    COUNT("count"),
    DEFAULT("default"),
    DELETE("delete"),
    DOUBLE("double"),
    ELSE("else"),
    ENUM("enum"),
    EVENT("event"),
    EXPORT("export"),
    FALLTHROUGH("fallthrough"),
    FILE("file"),
    FOR("for"),
    FUNCTION("function"),
    GLOBAL("global"),
    HOOK("hook"),
    IF("if"),
    IN("in"),
    INT("int"),
    INTERVAL("interval"),
    IS("is"),
    LIST("list"),
    LOCAL("local"),
    MODULE("module"),
    NEXT("next"),
    NOT_IN("!in"),
    OF("of"),
    OPAQUE("opaque"),
    OPTION("option"),
    PATTERN_KW("pattern"),
    PORT("port"),
    PRINT("print"),
    RECORD("record"),
    REDEF("redef"),
    RETURN("return"),
    SCHEDULE("schedule"),
    SET("set"),
    STRING("string"),
    SUBNET("subnet"),
    SWITCH("switch"),
    TABLE("table"),
    TIME("time"),
    TIMEOUT("timeout"),
    TYPE("type"),
    VECTOR("vector"),
    WHEN("when"),
    WHILE("while"),
    // operators
    LPAREN("("),
    RPAREN(")"),
    LBRACKET("["),
    RBRACKET("]"),
    LBRACE("{"),
    RBRACE("}"),
    COMMA(","),
    SEMICOLON(";"),
    COLON(":"),
    QUESTION("?"),
    DOLLAR("$"),
    HAS_FIELD("?$"),
    OPT_AS("?as"),
    ASSIGN("="),
    ADD_ASSIGN("+="),
    SUB_ASSIGN("-="),
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    SLASH("/"),
    PERCENT("%"),
    AMP("&"),
    PIPE("|"),
    CARET("^"),
    TILDE("~"),
    BANG("!"),
    AND_AND("&&"),
    OR_OR("||"),
    INCR("++"),
    DECR("--"),
    SHL("<<"),
    SHR(">>");

    private final String text;

    TokenKind(String text) {
        this.text = text;
    }

    /** As messages show it. */
    public String text() {
        return text;
    }

    boolean isKeyword() {
        return ordinal() >= ADD.ordinal() && ordinal() <= WHILE.ordinal() && this != NOT_IN;
    }

    /** Whether it is written as a word. */
    public boolean isWord() {
        return isKeyword();
    }
}
