package dev.portcullis.gate.http.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.inject.Singleton;
import java.util.Map;

/** The templates of the console, which the build has compiled: every value is escaped for the place it stands in. Thread-safe. */
@Singleton
public final class PageTemplates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * Fills one in.
     *
     * @param template its file below {@code src/main/jte}
     * @param parameters by their names in the template
     */
    public String render(String template, Map<String, Object> parameters) {
        var output = new StringOutput();
        engine.render(template, parameters, output);
        return output.toString();
    }
}
