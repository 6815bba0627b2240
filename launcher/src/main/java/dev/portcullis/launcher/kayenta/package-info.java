/** Kayenta's canary configs as SLOs and policies. */
@NullMarked
package dev.portcullis.launcher.kayenta;

import org.jspecify.annotations.NullMarked;
