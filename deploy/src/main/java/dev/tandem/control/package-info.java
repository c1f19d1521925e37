/** {@code tandemctl}: broctl's commands for Tandem. Read {@link dev.tandem.control.TandemctlCommand} first. */
@NullMarked
package dev.tandem.control;

import org.jspecify.annotations.NullMarked;
