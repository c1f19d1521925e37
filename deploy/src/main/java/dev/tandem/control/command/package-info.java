/** The commands of {@code tandemctl}, one class each; {@link dev.tandem.control.command.SiteCommand} is what they share. */
@NullMarked
package dev.tandem.control.command;

import org.jspecify.annotations.NullMarked;
