import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import type { User } from '../../shared/user.ts';
import { nextPath } from '../session/loginPath.ts';
import { logIn, logOut } from '../session/sessionStore.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useTitle } from '../ui/useTitle.ts';
import './login.css';

/** Choose who you are. There are no passwords: this is a demonstration. */
export function LoginPage() {
  useTitle('Log in');
  const { user, queries } = useSession();
  const users = useQuery(queries.users());
  const leave = useLeave();
  // The cache that this hook writes to ends with the login; the page is left right after it.
  const login = useMutation({ mutationFn: logIn });
  const choose = (id: string) => {
    if (id === user?.id) leave();
    else void login.mutateAsync(id).then(leave, () => {});
  };
  return (
    <div className="login">
      <h1>Who is coming?</h1>
      <p className="lead">
        Pick a person; there are no passwords here. Every tab keeps its own, so open a second tab to
        be two people at once.
      </p>
      {login.isError && (
        <p className="form-error" role="alert">
          {login.error.message}
        </p>
      )}
      <Loaded query={users} label="users">
        {(people) => (
          <UserList
            users={people}
            currentId={user?.id}
            isDisabled={login.isPending}
            onChoose={choose}
          />
        )}
      </Loaded>
      <GuestButton onDone={leave} />
    </div>
  );
}

function GuestButton({ onDone }: { onDone: () => void }) {
  const { user } = useSession();
  const goOn = () => {
    if (user) logOut();
    onDone();
  };
  return (
    <button type="button" className="button button-quiet" onClick={goOn}>
      {user ? 'Log out and look around as a guest' : 'Just look around as a guest'}
    </button>
  );
}

function useLeave(): () => void {
  const [, navigate] = useLocation();
  const search = useSearch();
  return () => navigate(nextPath(search));
}

interface UserListProps {
  readonly users: readonly User[];
  readonly currentId: string | undefined;
  readonly isDisabled: boolean;
  readonly onChoose: (id: string) => void;
}

function UserList({ users, currentId, isDisabled, onChoose }: UserListProps) {
  return (
    <ul className="people">
      {users.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            className="person"
            aria-current={person.id === currentId || undefined}
            disabled={isDisabled}
            onClick={() => onChoose(person.id)}
          >
            <Avatar user={person} />
            <span>{person.name}</span>
            {person.id === currentId && <span className="tag">you</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
