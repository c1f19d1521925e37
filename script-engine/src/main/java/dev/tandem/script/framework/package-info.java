/** The Java side of script frameworks. Read {@link dev.tandem.script.framework.HostResults} for monitored hosts. */
@NullMarked
package dev.tandem.script.framework;

import org.jspecify.annotations.NullMarked;
