package dev.tandem.script.types;

/** Attribute keywords. */
public enum Attr {
    OPTIONAL("&optional"),
    DEFAULT("&default"),
    DEFAULT_INSERT("&default_insert"),
    REDEF("&redef"),
    ADD_FUNC("&add_func"),
    DEL_FUNC("&delete_func"),
    EXPIRE_FUNC("&expire_func"),
    EXPIRE_READ("&read_expire"),
    EXPIRE_WRITE("&write_expire"),
    EXPIRE_CREATE("&create_expire"),
    RAW_OUTPUT("&raw_output"),
    PRIORITY("&priority"),
    GROUP("&group"),
    LOG("&log"),
    ERROR_HANDLER("&error_handler"),
    TYPE_COLUMN("&type_column"),
    ON_CHANGE("&on_change"),
    PUBLISH_ON_CHANGE("&publish_on_change"),
    BROKER_STORE("&broker_store"),
    BROKER_ALLOW_COMPLEX("&broker_allow_complex_type"),
    BACKEND("&backend"),
    DEPRECATED("&deprecated"),
    IS_ASSIGNED("&is_assigned"),
    IS_USED("&is_used"),
    ORDERED("&ordered"),
    NO_ZAM("&no_ZAM_opt"),
    NO_CPP("&no_CPP_opt"),
    // Accepted and without effect: the dialect of 2018.
    PERSISTENT("&persistent"),
    SYNCHRONIZED("&synchronized"),
    ENCRYPT("&encrypt"),
    MERGEABLE("&mergeable"),
    ROTATE_INTERVAL("&rotate_interval"),
    ROTATE_SIZE("&rotate_size");

    private final String keyword;

    Attr(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }
}
