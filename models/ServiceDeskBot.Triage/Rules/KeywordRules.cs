namespace ServiceDeskBot.Triage.Rules;

/// <summary>For each label the word beginnings that speak for it. Phrases count double: they are rarely there by chance.</summary>
internal static class KeywordRules
{
    public static readonly KeywordRule[] Type =
    [
        new("incident", "broken", "not working", "doesn't work", "does not work", "stopped working", "won't", "can't", "cannot", "unable to", "down", "outage", "error", "fail", "crash", "slow", "freez", "frozen", "drop", "keeps", "lost", "stolen", "phishing", "virus", "malware", "hacked", "blue screen", "stuck", "timed out", "timeout", "disconnect", "missing", "no longer", "hour off"),
        new("request", "i need", "we need", "please install", "please give", "please add", "please create", "could i get", "can i get", "can i have", "could i have", "i would like", "i'd like", "request", "order", "new laptop", "access to", "set up", "new starter", "onboard", "upgrade", "replace my"),
        new("question", "how do i", "how can i", "how to", "where do i", "where can i", "where is", "what is", "when is", "is it possible", "is there", "who do i", "what's the", "which"),
        new("complaint", "complain", "unacceptable", "nobody answers", "nobody has", "still waiting for weeks", "terrible service", "ridiculous", "fed up", "disappointed", "not good enough"),
        new("compliment", "great job", "great work", "well done", "thank you so much", "thanks so much", "fantastic", "brilliant help", "super helpful", "kudos"),
        new("idea", "idea", "suggest", "it would be nice", "it would be great if", "why don't we", "feature request", "could you consider"),
        new("status", "status of", "any news", "any update", "what happened to my ticket", "my ticket", "inc-", "req-", "when will it be", "progress on"),
        new("human", "talk to a person", "talk to someone", "speak to someone", "speak to a person", "speak to an agent", "real person", "human", "call me", "phone me"),
        new("smalltalk", "hello", "hi", "hey", "good morning", "good afternoon", "how are you", "thanks", "thank you", "bye", "cheers"),
    ];

    public static readonly KeywordRule[] Category =
    [
        new("access", "password", "log in", "login", "log on", "locked out", "account", "mfa", "2fa", "authenticator", "permission", "sign in", "single sign", "access to"),
        new("network", "wifi", "wi-fi", "wi fi", "wlan", "network", "internet", "dns", "lan", "ethernet", "access point", "router", "switch port"),
        new("remote-access", "vpn", "remote desktop", "vdi", "citrix", "home office", "working from home", "rdp"),
        new("email", "email", "e-mail", "mailbox", "outlook", "calendar", "inbox", "distribution list", "mail"),
        new("collaboration", "teams", "slack", "zoom", "sharepoint", "meeting room", "webex", "screen sharing", "video call"),
        new("hardware", "laptop", "monitor", "docking", "dock", "keyboard", "mouse", "headset", "screen", "battery", "charger", "webcam", "computer", "desktop"),
        new("printing", "print", "toner", "scanner", "scan to", "paper jam"),
        new("mobile", "iphone", "android", "smartphone", "mobile phone", "tablet", "ipad", "sim card", "sim", "roaming"),
        new("software", "install", "licence", "license", "excel", "word", "adobe", "windows update", "update", "browser", "chrome", "app"),
        new("business-apps", "sap", "erp", "crm", "salesforce", "invoice", "booking system", "warehouse system", "wms", "workday", "purchase order"),
        new("data", "shared drive", "file share", "folder", "file", "backup", "restore", "database", "report", "deleted", "onedrive"),
        new("security", "phishing", "malware", "virus", "ransom", "hacked", "suspicious", "stolen", "lost my laptop", "lost my phone", "leak", "scam"),
        new("telephony", "desk phone", "call queue", "voicemail", "extension", "hotline", "phone line", "softphone"),
        new("facilities", "heating", "air conditioning", "badge", "door", "parking", "desk", "chair", "light", "toilet", "meeting room booking", "kitchen"),
        new("hr", "payslip", "payroll", "salary", "holiday", "annual leave", "sick leave", "parental leave", "contract", "pension"),
    ];

    public static readonly KeywordRule[] Impact =
    [
        new("organisation", "whole company", "entire company", "everyone in the company", "all sites", "company-wide", "all offices", "nobody in the company", "all customers"),
        new("department", "whole department", "entire department", "department", "warehouse", "whole floor", "entire floor", "all of finance", "whole site", "the whole office", "entire office", "everybody", "everyone", "production line", "drivers", "nobody can"),
        new("team", "my team", "our team", "whole team", "several of us", "a few of us", "colleagues", "we can't", "we cannot", "none of us", "all of us", "us"),
    ];

    public static readonly KeywordRule[] Urgency =
    [
        new("critical", "production is down", "production down", "safety", "ransom", "everything is down", "total outage", "emergency", "data leak", "losing money"),
        new("high", "urgent", "asap", "immediately", "today", "right now", "deadline", "cannot work", "can't work", "stopped", "in an hour", "truck", "customers are waiting", "can't get", "phishing", "stolen"),
        new("low", "whenever", "no rush", "no hurry", "not urgent", "when you have time", "sometime", "next month", "low priority", "nice to have"),
    ];
}

/// <summary>The beginnings of words that speak for a label.</summary>
internal sealed class KeywordRule(string label, params string[] terms)
{
    public string Label { get; } = label;

    public string[] Terms { get; } = [.. terms.OrderByDescending(term => term.Length)];
}
