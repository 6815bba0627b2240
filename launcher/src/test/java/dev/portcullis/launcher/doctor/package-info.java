@NullMarked
package dev.portcullis.launcher.doctor;

import org.jspecify.annotations.NullMarked;
