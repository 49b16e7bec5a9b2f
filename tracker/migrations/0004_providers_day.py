import accounts.phones
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_hours_and_on_call'),
        ('accounts', '__first__'),
        ('education', '0002_teach_back'),
        ('tracker', '0003_public_ids'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, verbose_name='version of the words')),
                ('words', models.TextField(verbose_name='what she agreed to')),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.practice')),
            ],
            options={
                'ordering': ['-given_at'],
            },
        ),
        migrations.CreateModel(
            name='DueDate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('due_date', models.DateField(verbose_name='due date')),
                ('method', models.CharField(choices=[('lmp', 'Last period'), ('conception', 'Conception date'), ('ivf', 'IVF transfer'), ('ultrasound', 'Ultrasound'), ('stated', 'Due date as stated')], max_length=12, verbose_name='dated by')),
                ('basis', models.JSONField(default=dict, verbose_name='basis')),
                ('difference', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='difference in days')),
                ('threshold', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='threshold in days')),
                ('replaced_due_date', models.DateField(blank=True, null=True, verbose_name='due date before')),
                ('replaced_method', models.CharField(blank=True, choices=[('lmp', 'Last period'), ('conception', 'Conception date'), ('ivf', 'IVF transfer'), ('ultrasound', 'Ultrasound'), ('stated', 'Due date as stated')], max_length=12, verbose_name='dated by, before')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('accepted_at', models.DateTimeField(auto_now_add=True)),
                ('accepted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_dates', to='tracker.pregnancy')),
            ],
            options={
                'ordering': ['-accepted_at'],
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('birth', 'Birth'), ('miscarriage', 'Miscarriage'), ('stillbirth', 'Stillbirth'), ('termination', 'Termination'), ('moved', 'Moved away'), ('paused', 'Paused, no reason asked')], max_length=12, verbose_name='what happened')),
                ('ended_on', models.DateField(verbose_name='on')),
                ('gestational_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='gestational age in days')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='tracker.pregnancy')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'ordering': ['-recorded_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='ending_undone_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='HistoryEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('before', models.JSONField(default=dict, verbose_name='before')),
                ('after', models.JSONField(default=dict, verbose_name='after')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history_entries', to='tracker.pregnancy')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'history entries',
                'ordering': ['-recorded_at'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('first_name', models.CharField(max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(max_length=150, verbose_name='last name')),
                ('born_on', models.DateField(verbose_name='date of birth')),
                ('phone', models.CharField(blank=True, max_length=30, validators=[accounts.phones.validate_phone], verbose_name='phone')),
                ('language', models.CharField(default='en', max_length=8, verbose_name='preferred language')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='due date')),
                ('dating_method', models.CharField(choices=[('lmp', 'Last period'), ('conception', 'Conception date'), ('ivf', 'IVF transfer'), ('ultrasound', 'Ultrasound'), ('stated', 'Due date as stated')], default='stated', max_length=12, verbose_name='dated by')),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(verbose_name='can be used until')),
                ('wrong_tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='accounts.practice')),
                ('used_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='used by')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
            ],
            options={
                'ordering': ['-invited_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('used_at', None), ('used_by', None)), models.Q(('used_at__isnull', False), ('used_by__isnull', False)), _connector='OR'), name='invitation_used_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawn_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('struck_at', models.DateTimeField(blank=True, null=True, verbose_name='struck through at')),
                ('struck_because', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('text', models.TextField(max_length=2000, verbose_name='note')),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='tracker.pregnancy')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='tracker.note')),
                ('struck_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='struck through by')),
            ],
            options={
                'ordering': ['-recorded_at'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_by', None)), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False)), _connector='OR'), name='note_struck_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_because', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_because', ''), _negated=True)), _connector='OR'), name='note_struck_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PatientQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='question')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.checklistitem')),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='tracker.pregnancy')),
            ],
            options={
                'ordering': ['asked_at'],
                'indexes': [models.Index(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=['pregnancy'], name='question_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='question_answered_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='question_answered_with_words')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reviewed_at', models.DateTimeField(auto_now_add=True)),
                ('for_her', models.CharField(blank=True, max_length=1000, verbose_name='next steps, in plain words for her')),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='tracker.pregnancy')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-reviewed_at'],
            },
        ),
        migrations.CreateModel(
            name='ReviewLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('done', 'Done'), ('not_done', 'Not done')], max_length=10)),
                ('why', models.CharField(blank=True, choices=[('no_time', 'No time left'), ('too_much', 'Too much for one day'), ('she_waits', 'She wants to wait'), ('interpreter', 'No interpreter there'), ('not_for_her', 'Not for her'), ('other', 'Other')], max_length=12, verbose_name='why not')),
                ('taught_back', models.BooleanField(default=False)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.checklistitem')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='tracker.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('review', 'item'), name='one_line_an_item'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'done'), ('why', '')), models.Q(('outcome', 'not_done'), ('taught_back', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='not_done_has_a_why')],
            },
        ),
        migrations.CreateModel(
            name='TeachBackAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked', models.CharField(max_length=200)),
                ('chosen', models.CharField(max_length=200)),
                ('fits', models.BooleanField()),
                ('answered_at', models.DateTimeField(auto_now_add=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.checklistitem')),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teach_back_answers', to='tracker.pregnancy')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='education.teachbackquestion')),
            ],
            options={
                'ordering': ['answered_at'],
                'indexes': [models.Index(fields=['pregnancy', 'answered_at'], name='teach_back_by_pregnancy')],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patients_of_hers', to=settings.AUTH_USER_MODEL)),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team', to='tracker.pregnancy')),
            ],
            options={
                'ordering': ['joined_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('pregnancy', 'person'), name='on_the_team_once')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.practice')),
                ('pregnancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='tracker.pregnancy')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                ('to_practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.practice')),
            ],
            options={
                'ordering': ['-asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('pregnancy',), name='one_open_transfer'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='transfer_settled_by_someone'), models.CheckConstraint(condition=models.Q(('from_practice', models.F('to_practice')), _negated=True), name='transfer_goes_elsewhere')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='cerclage',
            name='one_stitch_in_place',
        ),
        migrations.AddField(
            model_name='cerclage',
            name='outside_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='why outside the window'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='planned_removal_on',
            field=models.DateField(blank=True, null=True, verbose_name='planned removal'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='removal_note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note on the removal'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='removal_recorded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='removal_recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='removal recorded by'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='removed_because',
            field=models.CharField(blank=True, choices=[('planned', 'Planned removal'), ('labor', 'Labor or contractions'), ('waters', 'Waters broke'), ('infection', 'Signs of infection'), ('bleeding', 'Bleeding'), ('slipped', 'Slipped or failed'), ('loss', 'Pregnancy loss'), ('other', 'Other')], max_length=12, verbose_name='why it came out'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='tracker.cerclage'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='struck through at'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='struck_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='cerclage',
            name='struck_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='struck through by'),
        ),
        migrations.AlterField(
            model_name='cerclage',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='cerclage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_by', None)), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False)), _connector='OR'), name='cerclage_struck_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='cerclage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_because', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_because', ''), _negated=True)), _connector='OR'), name='cerclage_struck_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='cerclage',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_on', None), ('struck_at', None)), fields=('pregnancy',), name='one_stitch_in_place'),
        ),
        migrations.AddConstraint(
            model_name='cerclage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removal_recorded_at', None), ('removal_recorded_by', None)), models.Q(('removal_recorded_at__isnull', False), ('removal_recorded_by__isnull', False)), _connector='OR'), name='removal_recorded_by_someone'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='discussed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='talked over with her at'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='discussed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='talked over by'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='tracker.cervicallength'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='struck through at'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='struck_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='cervicallength',
            name='struck_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='struck through by'),
        ),
        migrations.AlterField(
            model_name='cervicallength',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='cervicallength',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_by', None)), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False)), _connector='OR'), name='cervicallength_struck_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='cervicallength',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_because', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_because', ''), _negated=True)), _connector='OR'), name='cervicallength_struck_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='cervicallength',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('pregnancy', 'measured_on'), name='one_length_a_day'),
        ),
        migrations.AddConstraint(
            model_name='cervicallength',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('discussed_at', None), ('discussed_by', None)), models.Q(('discussed_at__isnull', False), ('discussed_by__isnull', False)), _connector='OR'), name='discussed_by_someone'),
        ),
        migrations.AlterField(
            model_name='followup',
            name='answer',
            field=models.CharField(blank=True, choices=[('still', 'Still there'), ('gone', 'Gone'), ('overtaken', 'Overtaken by a newer report'), ('ended', 'No longer asked')], max_length=9, verbose_name='answer'),
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='about_one_thing',
        ),
        migrations.AlterField(
            model_name='message',
            name='to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tracker.invitation'),
        ),
        migrations.AddField(
            model_name='message',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tracker.patientquestion'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alert__isnull', False), ('follow_up__isnull', True), ('invitation__isnull', True), ('question__isnull', True)), models.Q(('alert__isnull', True), ('follow_up__isnull', False), ('invitation__isnull', True), ('question__isnull', True)), models.Q(('alert__isnull', True), ('follow_up__isnull', True), ('invitation__isnull', True), ('question__isnull', False)), models.Q(('alert__isnull', True), ('follow_up__isnull', True), ('invitation__isnull', False), ('question__isnull', True)), _connector='OR'), name='about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('to__isnull', False), ('invitation__isnull', False), _connector='OR'), name='message_to_someone'),
        ),
        migrations.AddField(
            model_name='pregnancy',
            name='end',
            field=models.CharField(blank=True, choices=[('birth', 'Birth'), ('miscarriage', 'Miscarriage'), ('stillbirth', 'Stillbirth'), ('termination', 'Termination'), ('moved', 'Moved away'), ('paused', 'Paused, no reason asked')], max_length=12, verbose_name='how it ended'),
        ),
    ]
