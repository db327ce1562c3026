using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary><c>users list | add | remove | role</c>: who has which role beyond end user. People of <c>people.yaml</c> are changed there.</summary>
internal static class UsersCommand
{
    private static readonly string[] Roles = ["agent", "lead", "manager", "owner", "operator"];

    public static Command Create(CommandRun run)
    {
        var command = new Command("users", "Shows and changes who has which role.") { List(run), Add(run), Remove(run), Role(run) };
        return command;
    }

    private static Command List(CommandRun run)
    {
        var command = new Command("list", "People with a role.");
        command.SetAction((_, cancellationToken) => OnStoreAsync(run, async (store, desk) =>
        {
            await using var snapshot = await store.SnapshotAsync(cancellationToken);
            foreach (var person in await snapshot.PeopleWithRolesAsync())
            {
                var from = desk.People.Any(known => known.Id == person.Id) ? "  (people.yaml)" : "";
                await run.SayAsync($"{person.Id,-16} {person.Email,-32} {string.Join(", ", person.Roles)}{from}");
            }

            return DeskCommands.Done;
        }, cancellationToken));
        return command;
    }

    private static Command Add(CommandRun run)
    {
        var email = Email();
        var role = RoleOption();
        var name = new Option<string?>("--name") { Description = "As colleagues say it; the address's first part when left out." };
        var command = new Command("add", "Gives somebody roles; bound to their account when they first write from this address.") { email, role, name };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetRequiredValue(email),
            run,
            known => (known ?? New(parsed.GetRequiredValue(email), parsed.GetValue(name))) is var person
                ? person with { Roles = [.. person.Roles.Union(parsed.GetRequiredValue(role), StringComparer.Ordinal)] }
                : person,
            cancellationToken));
        return command;
    }

    private static Command Remove(CommandRun run)
    {
        var email = Email();
        var command = new Command("remove", "Takes all roles away; the person stays an end user.") { email };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(parsed.GetRequiredValue(email), run, known => known is null ? null : known with { Roles = [] }, cancellationToken));
        return command;
    }

    private static Command Role(CommandRun run)
    {
        var email = Email();
        var role = RoleOption();
        var command = new Command("role", "Replaces somebody's roles.") { email, role };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetRequiredValue(email),
            run,
            known => known is null ? null : known with { Roles = [.. parsed.GetRequiredValue(role).Distinct(StringComparer.Ordinal)] },
            cancellationToken));
        return command;
    }

    private static Option<string> Email()
    {
        var email = new Option<string>("--email") { Description = "The person's address.", Required = true };
        email.Validators.Add(result =>
        {
            var at = result.Tokens.Count == 1 ? result.Tokens[0].Value.IndexOf('@', StringComparison.Ordinal) : -1;
            if (at < 1 || at == result.Tokens[0].Value.Length - 1)
            {
                result.AddError("--email must be an e-mail address.");
            }
        });
        return email;
    }

    private static Option<string[]> RoleOption()
    {
        var role = new Option<string[]>("--role") { Description = $"One or more of {string.Join(", ", Roles)}.", Required = true, AllowMultipleArgumentsPerToken = true };
        role.AcceptOnlyFromAmong(Roles);
        return role;
    }

    /// <param name="change">The person as they shall be, from the one that is stored; <c>null</c> when they would have to be known.</param>
    private static Task<int> ChangeAsync(string email, CommandRun run, Func<Person?, Person?> change, CancellationToken cancellationToken) =>
        OnStoreAsync(run, async (store, desk) =>
        {
            if (desk.People.FirstOrDefault(known => string.Equals(known.Email, email, StringComparison.OrdinalIgnoreCase)) is { } listed)
            {
                return await run.RefuseAsync($"{email} is '{listed.Id}' of people.yaml (or of Desk:Operators) and would be set back at the next start: change it there.");
            }

            Person? stored;
            await using (var snapshot = await store.SnapshotAsync(cancellationToken))
            {
                stored = await snapshot.PersonByEmailAsync(email);
            }

            if (change(stored) is not { } changed)
            {
                return await run.RefuseAsync($"Nobody with the address {email} is known. Add them with: users add --email {email} --role ROLE");
            }

            await store.CommitAsync(new UnitOfWork([new PutPerson(changed)]), cancellationToken);
            await run.SayAsync($"{changed.Id} {changed.Email}: {(changed.Roles.Count == 0 ? "end user" : string.Join(", ", changed.Roles))}");
            return DeskCommands.Done;
        }, cancellationToken);

    private static async Task<int> OnStoreAsync(CommandRun run, Func<IDeskStore, DeskContent, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var desk = app.Services.GetRequiredService<DeskContent>();
        var store = app.Services.GetRequiredService<IDeskStore>();
        await store.OpenAsync(cancellationToken);
        return await work(store, desk);
    }

    /// <summary>The id follows from the address, so that adding twice makes one person.</summary>
    private static Person New(string email, string? name)
    {
        var address = email.ToLowerInvariant();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"email:{address}"));
        return new Person($"p-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}", name ?? address.Split('@')[0], address, []);
    }
}
