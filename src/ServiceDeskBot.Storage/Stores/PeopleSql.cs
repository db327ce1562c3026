using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

internal static class PeopleSql
{
    /// <summary>Changes no row when the address is another person's: two first messages of one person, in two places at once, must not make two people.</summary>
    public static readonly Statement Put = new(
        """
        INSERT INTO people (tenant_id, id, email, body)
        SELECT @tenant, @id, @email, @body
        WHERE NOT EXISTS (SELECT 1 FROM people WHERE tenant_id = @tenant AND email = @email AND id <> @id)
        ON CONFLICT (tenant_id, id) DO UPDATE SET email = excluded.email, body = excluded.body
        """);

    public static readonly Statement ById = new("SELECT body FROM people WHERE tenant_id = @tenant AND id = @id");

    public static readonly Statement ByEmail = new("SELECT body FROM people WHERE tenant_id = @tenant AND email = @email");

    public static readonly Statement All = new("SELECT body FROM people WHERE tenant_id = @tenant ORDER BY id");

    public static readonly Statement ByAccount = new(
        """
        SELECT p.body FROM accounts a JOIN people p ON p.tenant_id = a.tenant_id AND p.id = a.person
        WHERE a.tenant_id = @tenant AND a.channel = @channel AND a.account = @account
        """);

    public static readonly Statement HasMail = new(
        """
        SELECT 1 FROM accounts a JOIN people p ON p.tenant_id = a.tenant_id AND p.id = a.person
        WHERE a.tenant_id = @tenant AND a.channel = @channel AND a.account = @account AND p.email IS NOT NULL
        """);

    /// <summary>Only words from the personal conversation count as use: naming an account again, as each start does, changes no order.</summary>
    public static readonly Statement BindAccount = new(
        """
        INSERT INTO accounts (tenant_id, channel, account, person, personal, used_at)
        VALUES (@tenant, @channel, @account, @person, @personal, @used_at)
        ON CONFLICT (tenant_id, channel, account) DO UPDATE SET
            person = excluded.person, personal = COALESCE(excluded.personal, accounts.personal),
            used_at = CASE WHEN excluded.personal IS NULL THEN accounts.used_at ELSE excluded.used_at END
        """);

    /// <summary>The outlet opened the personal conversation.</summary>
    public static readonly Statement Opened = new(
        "UPDATE accounts SET personal = @personal WHERE tenant_id = @tenant AND channel = @channel AND account = @account");

    public static readonly Statement AccountsOf = new(
        """
        SELECT channel, account, personal FROM accounts
        WHERE tenant_id = @tenant AND person = @person
        ORDER BY used_at DESC, channel, account
        """);

    public static string? Address(string? email) => email?.ToLowerInvariant();

    public static Person Row(IRow row) => row.Json<Person>(0);

    public static PersonAccount Account(IRow row) => new(row.GetString(0), row.GetString(1), row.JsonOrNull<Place>(2));
}
