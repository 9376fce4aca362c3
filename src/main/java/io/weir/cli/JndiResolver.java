package io.weir.cli;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** The JDK's own resolver, with this machine's servers. */
final class JndiResolver implements SpfResolver {
    private static final String TIMEOUT_MS = "2000";
    private static final String RETRIES = "2";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,253}");

    /** JNDI is dangerous where names choose who is asked: here it is the DNS by the scheme, and names have no character that could change that. */
    @Override
    @SuppressWarnings("BanJNDI")
    public List<String> ask(String name, String type) {
        if (!NAME.matcher(name).matches()) {
            throw new SpfException("'" + name + "' is no domain's name");
        }
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", "dns:");
        settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
        settings.put("com.sun.jndi.dns.timeout.retries", RETRIES);
        try {
            DirContext dns = new InitialDirContext(settings);
            try {
                Attribute found =
                        dns.getAttributes("dns:///" + name, new String[] {type}).get(type);
                return found == null ? List.of() : texts(found, type);
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new SpfException("the resolver has no answer for " + type + " of " + name + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Attribute found, String type) throws NamingException {
        List<String> texts = new ArrayList<>();
        NamingEnumeration<?> all = found.getAll();
        while (all.hasMore()) {
            String text = String.valueOf(all.next());
            texts.add(
                    switch (type) {
                        case "TXT" -> unquoted(text);
                        case "MX" -> text.replaceFirst("^\\d+\\s+", "");
                        default -> text;
                    });
        }
        return texts;
    }

    /** The strings of a record belong together without a blank (RFC 7208, 3.3); JNDI puts quotes around each when there are several. */
    private static String unquoted(String text) {
        return text.replaceAll("\"\\s+\"", "").replaceAll("^\"|\"$", "");
    }
}
