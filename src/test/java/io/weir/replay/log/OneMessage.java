package io.weir.replay.log;

import java.util.List;

/** One message for two recipients from 203.0.113.7, as each kind of server tells of it. All within one second. */
final class OneMessage {
    /** What {@link Read#described} says of it. */
    static final String DESCRIBED = "10:00:00 203.0.113.7 admitted 2";

    private OneMessage() {}

    static List<String> in(LogFormat format) {
        return switch (format) {
            case POSTFIX ->
                List.of(
                        "Nov 25 10:00:00 mx1 postfix/smtpd[7]: connect from mx.example.net[203.0.113.7]",
                        "Nov 25 10:00:00 mx1 postfix/smtpd[7]: 4104E3D: client=mx.example.net[203.0.113.7]",
                        "Nov 25 10:00:00 mx1 postfix/cleanup[8]: 4104E3D: message-id=<1@example.net>",
                        "Nov 25 10:00:00 mx1 postfix/qmgr[9]: 4104E3D: from=<a@example.net>, size=1000, nrcpt=2 (queue active)",
                        "Nov 25 10:00:00 mx1 postfix/smtpd[7]: disconnect from mx.example.net[203.0.113.7]");
            case SENDMAIL ->
                List.of(
                        "Nov 25 10:00:00 mx1 sm-mta[42]: 6APDnefO000042: from=<a@example.net>, size=2034, class=0, nrcpts=2,"
                                + " msgid=<1@example.net>, proto=ESMTP, daemon=MTA, relay=mx.example.net [203.0.113.7]",
                        "Nov 25 10:00:00 mx1 sm-mta[42]: 6APDnefO000042: to=<b@example.com>, delay=00:00:01, mailer=local, pri=60020,"
                                + " stat=Sent");
            case EXIM ->
                List.of(
                        "2026-11-25 10:00:00 1xWDGF-0001cG-1q <= a@example.net H=mx.example.net (helo) [203.0.113.7] P=esmtp S=2180"
                                + " id=1@example.net for b@example.com c@example.com",
                        "2026-11-25 10:00:00 1xWDGF-0001cG-1q => bob <b@example.com> R=local T=maildir",
                        "2026-11-25 10:00:00 1xWDGF-0001cG-1q Completed");
            case EXCHANGE ->
                List.of(
                        "#Log-type: SMTP Receive Protocol Log",
                        "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
                        said(0, "+,,"),
                        said(1, "<,MAIL FROM:<a@example.net> SIZE=1520,"),
                        said(2, ">,250 2.1.0 Sender OK,"),
                        said(3, "<,RCPT TO:<b@example.com>,"),
                        said(4, ">,250 2.1.5 Recipient OK,"),
                        said(5, "<,RCPT TO:<c@example.com>,"),
                        said(6, ">,250 2.1.5 Recipient OK,"),
                        said(7, "<,DATA,"),
                        said(8, ">,354 Start mail input; end with <CRLF>.<CRLF>,"),
                        said(9, ">,250 2.6.0 <1@example.net> Queued mail for delivery,"),
                        said(10, "-,,Remote"));
            case EXCHANGE_TRACKING ->
                List.of(
                        "#Log-type: Message Tracking Log",
                        "#Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source,event-id,recipient-address,total-bytes,"
                                + "recipient-count,message-subject,return-path,directionality,original-client-ip",
                        "2026-11-25T10:00:00.000Z,203.0.113.7,mx.example.net,192.0.2.1,EX1,SMTP,RECEIVE,b@example.com;c@example.com,4821,2,"
                                + "\"Hello, \"\"you\"\"\",a@example.net,Incoming,");
            case HARAKA ->
                List.of(
                        core("F9F0D20D", "connect ip=203.0.113.7 port=40000 local_ip=192.0.2.1 local_port=25"),
                        core("F9F0D20D.1", "sender <a@example.net> code=CONT msg=\"\""),
                        core("F9F0D20D.1", "recipient <b@example.com> code=OK msg=\"\" sender=a@example.net"),
                        core("F9F0D20D.1", "recipient <c@example.com> code=OK msg=\"\" sender=a@example.net"),
                        core("F9F0D20D.1", "message mid=\"<1@x>\" size=623 rcpts=2/0/0 delay=0.1 code=CONT msg=\"\""),
                        core("F9F0D20D.1", "queue code=OK msg=\"Message Queued (F9F0.1)\""),
                        core(
                                "F9F0D20D.1",
                                "disconnect ip=203.0.113.7 rdns=mx helo=helo relay=N early=N esmtp=Y tls=Y pipe=N errors=0 txns=1"
                                        + " rcpts=2/0/0 msgs=1/0/0 bytes=623 lr=\"\" time=0.3"));
            case EVENTS ->
                List.of(
                        "{\"v\":1,\"kind\":\"transaction\",\"edge\":\"mx1\",\"edgeSeq\":7,\"occurredAtMs\":1795600800000,"
                                + "\"clientAddress\":\"203.0.113.7\",\"outcome\":\"admitted\",\"recipients\":2,\"bytes\":4821}");
        };
    }

    private static String said(int number, String what) {
        return "2026-11-25T10:00:00.000Z,EX1\\Default Frontend EX1,08DA4F7C11473A60," + number
                + ",192.0.2.1:25,203.0.113.7:56026," + what;
    }

    private static String core(String session, String text) {
        return "2026-11-25T10:00:00.000Z [NOTICE] [" + session + "] [core] " + text;
    }
}
