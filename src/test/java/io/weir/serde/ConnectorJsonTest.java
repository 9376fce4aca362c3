package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Connector;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorJsonTest {
    private static final String PARTNER = "{'v':1,'name':'acme','kind':'partner','enabled':true,'mode':'enforce',"
            + "'senderDomains':['Example.com','*.example.com'],'requireTls':true,'restrictToNetworks':true,"
            + "'clientNetworks':['203.0.113.0/24'],"
            + "'tlsPublicKeyFingerprints':['00:11:22:33:44:55:66:77:88:99:AA:bb:cc:dd:ee:ff:00:11:22:33'],'comment':'ask'}";

    private static Connector read(String json) {
        return ConnectorJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        Connector acme = read(PARTNER);
        assertThat(acme.senderDomains()).containsExactly("example.com", "*.example.com");
        assertThat(acme.tlsPublicKeyFingerprints()).containsExactly("00112233445566778899aabbccddeeff00112233");
        assertThat(acme.enforced()).isTrue();
        assertThat(ConnectorJson.read(ConnectorJson.write(acme))).isEqualTo(acme);
        String text = new String(ConnectorJson.write(acme), StandardCharsets.UTF_8);
        assertThat(Schemas.problems(Schemas.CONNECTOR, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'kind':'partner'|'kind':'friend'|kind must be one of",
                "'mode':'enforce'|'mode':'shadow'|mode must be one of test, enforce",
                "'name':'acme'|'name':'two words'|name must match",
                "'name':'acme',||required field name is missing",
                "'203.0.113.0/24'|'203.0.113.1/24'|not a network: '203.0.113.1/24'",
                "'senderDomains':['Example.com','*.example.com'],||a partner connector needs senderDomains",
                "'clientNetworks':['203.0.113.0/24'],||restrictToNetworks needs clientNetworks",
                "'kind':'partner'|'kind':'on-premises'|senderDomains are for partner connectors",
                "'requireTls':true|'requireTls':1|requireTls must be true or false",
                "'00:11:22|'xx:11:22|tlsPublicKeyFingerprints must match",
            })
    void whatCannotBeMeantIsRefusedByName(String text, String by, String message) {
        String changed = PARTNER.replace(text, by == null ? "" : by);
        assertThat(changed).isNotEqualTo(PARTNER);
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(MalformedConnectorException.class)
                .hasMessageContaining(message);
    }
}
