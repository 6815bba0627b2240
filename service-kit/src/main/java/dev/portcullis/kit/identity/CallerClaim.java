package dev.portcullis.kit.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A caller as one service tells another of him, or keeps him with what it is to do for him later: an object of JSON. Stateless. */
public final class CallerClaim {
    private CallerClaim() {}

    /** Him as text, of which {@link #read(String)} makes him again, but for his groups. */
    public static String text(Caller caller) {
        return JSONObjectUtils.toJSONString(of(caller));
    }

    /**
     * Who is meant by a text.
     *
     * @throws IllegalArgumentException when it is none of {@link #text}
     */
    public static Caller read(String text) {
        try {
            return read(JSONObjectUtils.parse(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException("no caller", e);
        }
    }

    static Map<String, Object> of(Caller caller) {
        List<Object> grants = new ArrayList<>();
        caller.grants()
                .forEach(grant -> grants.add(Map.of(
                        "role",
                        grant.role().word(),
                        "services",
                        grant.services().patterns())));
        return Map.of(
                "kind", caller.kind().name(),
                "issuer", caller.issuer(),
                "subject", caller.subject(),
                "name", caller.name(),
                "grants", grants);
    }

    /** @throws IllegalArgumentException when something is missing or not what it has to be */
    static Caller read(Map<String, Object> claim) {
        try {
            List<Grant> grants = new ArrayList<>();
            for (var grant : JSONObjectUtils.getJSONObjectArray(claim, "grants")) {
                var role = Role.of(text(grant, "role")).orElseThrow(IllegalArgumentException::new);
                grants.add(new Grant(role, new ServiceGroup(JSONObjectUtils.getStringList(grant, "services"))));
            }
            return new Caller(
                    Caller.Kind.valueOf(text(claim, "kind")),
                    text(claim, "issuer"),
                    text(claim, "subject"),
                    text(claim, "name"),
                    grants);
        } catch (ParseException | NullPointerException e) {
            throw new IllegalArgumentException("no caller", e);
        }
    }

    private static String text(Map<String, Object> object, String key) throws ParseException {
        var text = JSONObjectUtils.getString(object, key);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("no " + key);
        }
        return text;
    }
}
