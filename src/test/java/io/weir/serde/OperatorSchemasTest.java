package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators may write on the small topics. */
class OperatorSchemasTest {
    private static final String ON_PREMISES =
            "{'v':1,'name':'onprem-hq','kind':'on-premises','enabled':true,'mode':'test',"
                    + "'clientNetworks':['203.0.113.0/24','2001:db8::/48'],'tlsCertificateNames':['mail.example.net'],"
                    + "'tlsPublicKeyFingerprints':['00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33']}";
    private static final String PARTNER = "{'v':1,'name':'acme','kind':'partner','enabled':true,'mode':'enforce',"
            + "'senderDomains':['example.com','*.example.com'],'requireTls':true,'restrictToNetworks':true,"
            + "'clientNetworks':['203.0.113.0/24'],'restrictToCertificates':false,'comment':'ask the mail team'}";
    private static final String OVERRIDE = "{'v':1,'target':'203.0.113.0/24','action':'throttle','admit':0.05,"
            + "'author':'mara','comment':'complaints','createdAtMs':1795503060123,'expiresAtMs':1795589460123}";

    @Test
    void goodRecordsAreValid() {
        assertThat(Schemas.problems(Schemas.CONNECTOR, json(ON_PREMISES))).isEmpty();
        assertThat(Schemas.problems(Schemas.CONNECTOR, json(PARTNER))).isEmpty();
        assertThat(Schemas.problems(Schemas.OVERRIDE, json(OVERRIDE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "name", "kind", "enabled", "mode"})
    void aConnectorNeeds(String field) {
        assertThat(without(Schemas.CONNECTOR, PARTNER, field)).isFalse();
        assertThat(without(Schemas.CONNECTOR, PARTNER, "comment")).isTrue();
    }

    @Test
    void aPartnerNeedsDomainsAndTheOthersAProof() {
        assertThat(without(Schemas.CONNECTOR, PARTNER, "senderDomains")).isFalse();
        String byNetworkAlone = ON_PREMISES.replaceAll(",'tls.*", "}");
        assertThat(Schemas.problems(Schemas.CONNECTOR, json(byNetworkAlone))).isEmpty();
        assertThat(without(Schemas.CONNECTOR, byNetworkAlone, "clientNetworks")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "target", "action", "author", "comment", "createdAtMs", "expiresAtMs"})
    void anOverrideNeeds(String field) {
        assertThat(without(Schemas.OVERRIDE, OVERRIDE, field)).isFalse();
        assertThat(without(Schemas.OVERRIDE, OVERRIDE, "admit")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "connector|'kind'|'friend'",
                "connector|'mode'|'shadow'",
                "connector|'name'|'two words'",
                "connector|'enabled'|'yes'",
                "connector|'clientNetworks'|['203.0.113.7']",
                "connector|'clientNetworks'|'203.0.113.0/24'",
                "connector|'senderDomains'|['mara@example.com']",
                "connector|'senderDomains'|['example.*']",
                "connector|'tlsPublicKeyFingerprints'|['00:11']",
                "override|'target'|'mx.example.org'",
                "override|'target'|'pool: '",
                "override|'action'|'block'",
                "override|'admit'|1.5",
                "override|'author'|''",
                "override|'expiresAtMs'|'tomorrow'",
            })
    void badValuesAreNot(String schema, String field, String value) {
        ObjectNode changed = (ObjectNode) Schemas.tree(json(schema.equals("connector") ? PARTNER : OVERRIDE));
        changed.set(field.replace("'", ""), Schemas.tree(json(value)));
        assertThat(Schemas.problems(schema, changed.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.0/24", "2001:db8::/48", "::1", "pool:acme"})
    void anOverridesTargetIsAnAddressANetworkOrAPool(String target) {
        assertThat(Schemas.problems(Schemas.OVERRIDE, json(OVERRIDE.replace("203.0.113.0/24", target))))
                .isEmpty();
    }

    private static boolean without(String schema, String record, String field) {
        String left = ((ObjectNode) Schemas.tree(json(record))).without(field).toString();
        return Schemas.problems(schema, left).isEmpty();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
